import type { Literal, Term } from '../../../grammar/index.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import type { Finding } from './violation.ts';

/** A question to the outside, with its answer as a generated function of the image. */
export interface Evidence {
  /** Binds `$answer`; does not hold as long as there is none. */
  readonly bind: Literal;
  /** Binds `$answer` where it is one that a rule can be content with. */
  readonly content: readonly Literal[];
  /** What to say where it is not. */
  readonly findings: readonly Finding[];
}

/**
 * Asks once for each image. `verified` is an answer that an authority stands for; `found` one that nobody had
 * to sign, and enough only where `signed` is false.
 */
export function defineEvidence(
  lowering: Lowering,
  question: Term,
  { subject, signed }: { readonly subject: string; readonly signed: boolean },
): Evidence {
  const { at } = lowering;
  const name = lowering.define('answer', { args: ['$image'], value: question });
  const bind = at.assign('$answer', at.call(name, at.var('$image')));
  const status = at.ref('$answer', 'status');
  const accepted = signed ? ['verified'] : ['verified', 'found'];
  const reason = at.call(
    'object.get',
    at.var('$answer'),
    at.string('reason'),
    at.string('no reason is given'),
  );
  const finding = (answer: string, text: string): Finding => ({
    literals: [bind, at.test(status, '==', at.string(answer))],
    message: message(at, `${subject.replaceAll('%', '%%')} ${text}: %v`, reason),
    ...(answer === 'unavailable' && { indeterminate: true }),
  });
  return {
    bind,
    content: [bind, at.member(status, at.strings(accepted))],
    findings: [
      finding('unavailable', 'could not be asked for'),
      finding('absent', 'is not there'),
      finding('unverified', 'is there, but not to be trusted'),
    ],
  };
}
