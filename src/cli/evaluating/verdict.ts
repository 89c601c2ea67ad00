import { randomUUID } from 'node:crypto';
import { closest, readMoment } from '../../base/index.ts';
import {
  type Decision,
  decide,
  formatVerdict,
  holdsNothing,
  isVerdictFormat,
  type LoadedPolicy,
  loadPolicy,
  policyExtractors,
  type VerdictFormat,
  verdictFormats,
} from '../../decide/index.ts';
import { createResolver } from '../../evidence/index.ts';
import { readSubmission, type Submission, toInput } from '../../manifests/index.ts';
import { ObjectBuilder, type ObjectValue, stringify } from '../../values/index.ts';
import { rulesVersion } from '../checking.ts';
import type { Output } from '../command.ts';
import { complain } from '../diagnostics.ts';
import { evidenceSettings } from '../evidence-options.ts';
import { type Arguments, single } from '../options.ts';
import { allowedHosts, outsideOf } from '../outside.ts';
import { readPolicyNamed } from '../policies.ts';
import { UsageError } from '../usage-error.ts';
import { type ExplainedPolicy, explainRules } from './explanation.ts';
import { readInput } from './inputs.ts';

/** The exit code of each decision. */
export const EXIT: Readonly<Record<Decision, number>> = { allow: 0, deny: 1, indeterminate: 3 };
const FAILED = 2;

/** Decides, and gives the exit code of the decision. */
export async function decideInputs(args: Arguments, output: Output): Promise<number> {
  const format = readVerdictFormat(single(args, 'format'));
  const asOf = readAsOf(single(args, 'as-of'));
  const evidence = createResolver(outsideOf(args), evidenceSettings(args, asOf));
  const explained = readPolicies(args, output);
  if (explained === undefined) return FAILED;
  const policies = explained.map(({ policy }) => policy);
  const submission = readInputs(args, policies, output);
  if (complain(submission.problems, output)) return FAILED;
  if (args.options.has('print-input')) {
    output.out(`${stringify(toInput(submission))}\n`);
    return EXIT.allow;
  }
  const verdict = await decide(policies, submission, {
    asOf,
    decisionId: randomUUID(),
    clock: () => performance.now() * 1000,
    evidence,
    print: line => output.err(`${line}\n`),
  });
  if (args.options.has('explain')) explainRules(explained, submission, asOf, output);
  const asOfGiven = args.options.has('as-of');
  output.out(formatVerdict(verdict, format, { paint: output.paintOut, asOfGiven }).body);
  return EXIT[verdict.decision];
}

/** Undefined where a policy has errors, which have been said. */
function readPolicies(args: Arguments, output: Output): readonly ExplainedPolicy[] | undefined {
  const names = args.options.get('policy') ?? [];
  if (names.length === 0) throw new UsageError('no policy is given', 'add --policy FILE|DIR|NAME');
  const settings = {
    data: args.options.get('data') ?? [],
    ...rulesVersion(args),
  };
  const allowed = allowedHosts(args);
  const policies = names.map(name => {
    const { policy, problems } = readPolicyNamed(name, settings);
    const loaded = policy && loadPolicy({ ...policy, hosts: [...policy.hosts, ...allowed] });
    complain([...problems, ...(loaded?.diagnostics ?? [])], output);
    return loaded?.policy && { policy: loaded.policy, files: policy?.files ?? [] };
  });
  return policies.every(policy => policy !== undefined) ? policies : undefined;
}

function readInputs(args: Arguments, policies: readonly LoadedPolicy[], output: Output): Submission {
  if (args.positionals.length === 0)
    throw new UsageError('no input is given', 'name a file or directory, or -');
  const files = args.positionals.flatMap(path => readInput(path, output));
  const context = readContext(args.options.get('context') ?? []);
  const extractors = policyExtractors(policies);
  if (typeof extractors === 'string') throw new UsageError(extractors);
  const submission = readSubmission({ files, context }, { extractors });
  if (holdsNothing(submission) && submission.problems.length === 0)
    throw new UsageError('there is no image and no manifest in the input');
  return submission;
}

function readContext(pairs: readonly string[]): ObjectValue {
  const context = new ObjectBuilder();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--context ${JSON.stringify(pair)} is not KEY=VALUE`);
    const key = pair.slice(0, at);
    if (context.has(key)) throw new UsageError(`--context ${JSON.stringify(key)} is given twice`);
    context.set(key, pair.slice(at + 1));
  }
  return context.build();
}

export function readVerdictFormat(name = 'text'): VerdictFormat {
  if (isVerdictFormat(name)) return name;
  const near = closest(name, verdictFormats);
  const hint = near === undefined ? `formats are ${verdictFormats.join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`unknown format ${JSON.stringify(name)}`, hint);
}

function readAsOf(text: string | undefined): bigint {
  if (text === undefined) return BigInt(Date.now()) * 1_000_000n;
  const moment = readMoment(text);
  if (moment !== undefined) return moment;
  throw new UsageError(
    `--as-of ${JSON.stringify(text)} is no date or time`,
    'for instance 2027-01-31T12:00:00Z',
  );
}
