import { SourceFile } from '../../src/base/index.ts';
import type { EvidenceSource } from '../../src/builtins/index.ts';
import { compilePlan, Evaluation } from '../../src/evaluate/index.ts';
import { type ImagePlace, imageValue, toImage } from '../../src/images/index.ts';
import { checkPolicy, planPolicy } from '../../src/language/index.ts';
import { fromJson, type Json, type JsonObject, ObjectValue, toJson } from '../../src/values/index.ts';

/** What one rule says of one image; `image` is its reference in place of its index. */
export interface Said {
  readonly rule: string;
  readonly image: string;
  readonly message?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly because?: string;
  readonly indeterminate?: true;
  readonly fix?: Json;
  readonly rules?: readonly string[];
  readonly until?: string;
  /** Of an exemption that does not apply. */
  readonly problem?: string;
}

export interface Circumstances {
  readonly data?: Json;
  readonly context?: Json;
  readonly place?: ImagePlace;
  /** By kind of question. */
  readonly evidence?: Readonly<Record<string, Json>>;
  /** Told of the request of each question. */
  readonly asked?: (request: JsonObject) => void;
  readonly now?: string;
}

/** Each text is a `.policy` file, with a package in front where it has none. */
function check(texts: readonly string[]) {
  const files = texts.map((text, i) => {
    const whole = /^package /m.test(text) ? text : `package p\n\n${text}\n`;
    return { source: new SourceFile(`${i + 1}.policy`, whole) };
  });
  return checkPolicy(files);
}

/** The messages of what is wrong with a policy. */
export function problemsOf(...texts: readonly string[]): string[] {
  return check(texts).diagnostics.map(({ message }) => message);
}

/** The source text that each diagnostic underlines. */
export function underlined(text: string): string[] {
  return check([text]).diagnostics.map(({ source, span }) => source.text.slice(span.start, span.end));
}

/** What all statements of a policy say, in the order of rules and images. */
export function judge(
  policy: string | readonly string[],
  refs: readonly string[],
  circumstances: Circumstances = {},
): Said[] {
  const texts = typeof policy === 'string' ? [policy] : policy;
  const { checked, diagnostics } = check(texts);
  if (checked === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const plan = planPolicy(checked);
  const evaluation = new Evaluation(compilePlan(plan), options(refs, circumstances));
  return plan.decisions.flatMap(({ path, rules }) =>
    rules.flatMap(({ name }) => {
      const said = toJson(evaluation.document([...path, name]) ?? null) as unknown as (Omit<Said, 'image'> & {
        image: number;
      })[];
      const sorted = said.toSorted((one, other) => one.image - other.image);
      return sorted.map(each => ({ ...each, rule: name, image: refs[each.image]! }));
    }),
  );
}

/** The rules that deny, warn or exempt, each with the image: `deny_tag nginx`. */
export function denials(
  policy: string | readonly string[],
  refs: readonly string[],
  circumstances?: Circumstances,
): string[] {
  return judge(policy, refs, circumstances)
    .filter(({ problem }) => problem === undefined)
    .map(({ rule, image }) => `${rule} ${image}`);
}

function options(refs: readonly string[], { data, context, place, evidence, asked, now }: Circumstances) {
  const images = refs.map(ref => imageValue(toImage(ref, place)));
  const input = ObjectValue.of([
    ['images', images],
    ['context', fromJson(context ?? {})],
  ]);
  const source: EvidenceSource = {
    ask: ({ kind, request }) => {
      asked?.(toJson(request) as JsonObject);
      const answer = evidence?.[kind];
      return answer === undefined ? undefined : fromJson(answer);
    },
  };
  return {
    input,
    now: BigInt(Date.parse(now ?? '2026-11-20T00:00:00Z')) * 1_000_000n,
    ...(data !== undefined && { data: fromJson(data) }),
    ...(evidence !== undefined && { evidence: source }),
  };
}
