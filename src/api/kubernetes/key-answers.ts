import type { ImageVerdict, Verdict, Violation } from '../../decide/index.ts';
import type { Pinning } from '../../evidence/index.ts';
import type { JsonObject } from '../../values/index.ts';
import type { ProviderAnswer, ProviderItem } from './provider.ts';

/**
 * The verdict on each key that was asked, as items with the key as it was written. A key that is no
 * reference has an `error`. Where evidence of an image could not be had now, the answer has a `systemError`
 * too, so that nothing of it is remembered; a key without any verdict is such a case as well.
 */
export function keyAnswers(keys: readonly string[], verdict: Verdict): ProviderAnswer {
  const images = new Map(verdict.images.map(image => [image.ref, image]));
  const common = verdict.violations.filter(violation => violation.image === undefined);
  const items: ProviderItem[] = [];
  const passing: string[] = [];
  for (const key of keys) {
    const image = images.get(key);
    if (image === undefined) passing.push(`${key}: no verdict was reached`);
    else if (image.name === undefined) items.push({ key, error: invalidReason(image) });
    else {
      const value = keyValue(image, common, verdict);
      if (couldNotAsk(image, common)) passing.push(`${key}: ${value.message}`);
      items.push({ key, value });
    }
  }
  return { items, ...(passing.length > 0 && { systemError: passing.join('; ') }) };
}

/**
 * What became of each key that was to be pinned. What could not be asked is an error of the key too: nothing is
 * remembered of a mutation, and a `systemError` would lose the other keys.
 */
export function pinAnswers(pinnings: ReadonlyMap<string, Pinning>): ProviderAnswer {
  const items = [...pinnings].map(
    ([key, pinning]): ProviderItem =>
      pinning.status === 'pinned' ? { key, value: pinning.ref } : { key, error: pinning.reason },
  );
  return { items };
}

interface KeyValue extends JsonObject {
  readonly allowed: boolean;
  readonly message: string;
}

function keyValue(image: ImageVerdict, common: readonly Violation[], verdict: Verdict): KeyValue {
  const standing = [...image.violations, ...common].filter(({ exempted }) => exempted === null);
  const errors = standing.filter(({ severity }) => severity === 'error');
  const failures = verdict.errors.map(({ message }) => message);
  return {
    allowed: image.decision === 'allow',
    decision: image.decision,
    message: [...errors.map(spoken), ...failures].join('; '),
    violations: standing.map(({ rule, severity, message }) => ({ rule, severity, message })),
    digest: image.digest ?? null,
    decision_id: verdict.decision_id,
  };
}

function spoken({ rule, message, because }: Violation): string {
  return `${message}${because === undefined ? '' : ` (${because})`} [${rule}]`;
}

function invalidReason({ ref, violations }: ImageVerdict): string {
  return violations[0]?.message ?? `${JSON.stringify(ref)} is no image reference`;
}

/** Undecided for want of evidence, which may be there the next time. */
function couldNotAsk({ decision, violations }: ImageVerdict, common: readonly Violation[]): boolean {
  return (
    decision === 'indeterminate' && [...violations, ...common].some(({ indeterminate }) => indeterminate)
  );
}
