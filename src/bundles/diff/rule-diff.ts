import { type LoadedPolicy, layerOf, sha256 } from '../../decide/index.ts';
import type { Plan, PlannedGroup } from '../../language/index.ts';
import { compareStrings, isObject, stringify, type Value } from '../../values/index.ts';
import { constantPath, type DataNode, isDataNode } from '../data-node.ts';

/** A rule that is not what it was. */
export interface RuleDiff {
  /** `acme.production.deny_tag` */
  readonly rule: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Whether it decides, or is read by rules that do. */
  readonly decides: boolean;
  /** The layer that it comes from, afterwards or else before. */
  readonly layer?: string;
}

/**
 * The rules that mean something else, by name. What a rule means is its plan: without places, names of variables,
 * comments and layout, and with what it reads of other rules and of data. So a rule has changed also where only a
 * rule or a parameter that it reads has.
 */
export function diffRules(before: LoadedPolicy, after: LoadedPolicy): readonly RuleDiff[] {
  const [from, to] = [new Meanings(before).all(), new Meanings(after).all()];
  const names = [...new Set([...from.keys(), ...to.keys()])].sort(compareStrings);
  return names.flatMap((rule): RuleDiff[] => {
    const [old, now] = [from.get(rule), to.get(rule)];
    if (old?.digest === now?.digest) return [];
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    const { decides, layer } = now ?? old!;
    return [{ rule, change, decides, ...(layer !== undefined && { layer }) }];
  });
}

interface Meaning {
  readonly digest: string;
  readonly decides: boolean;
  readonly layer?: string;
}

/** What each rule of a policy means, as a digest. */
class Meanings {
  private readonly policy: LoadedPolicy;
  private readonly plan: Plan;
  private readonly digests = new Map<PlannedGroup, string>();

  constructor(policy: LoadedPolicy) {
    this.policy = policy;
    this.plan = policy.plan;
  }

  /** Without those that statements have become beside the rule that decides. */
  all(): ReadonlyMap<string, Meaning> {
    const { identity } = this.policy;
    const decisions = new Map(
      this.plan.decisions.flatMap(({ path, rules }) =>
        rules.map(rule => [[...path, rule.name].join('.'), rule] as const),
      ),
    );
    return new Map(
      this.plan.groups.filter(isNamed).map(group => {
        const name = group.path.join('.');
        const decision = decisions.get(name);
        const file = this.plan.files[group.rules[0]?.at[0] ?? group.fallback?.at[0] ?? 0]!;
        const { kind, severity, title } = decision ?? {};
        const digest = sha256(JSON.stringify([this.digestOf(group), kind, severity, title]));
        return [name, { digest, decides: decision !== undefined, ...layerName(layerOf(identity, file)) }];
      }),
    );
  }

  private digestOf(group: PlannedGroup): string {
    const known = this.digests.get(group);
    if (known !== undefined) return known;
    // Rules that read one another are refused; this ends what a change of that would not.
    this.digests.set(group, '');
    const { kind, arity, rules, fallback } = group;
    const digest = sha256(JSON.stringify([kind, arity, this.meaning(rules), this.meaning(fallback)]));
    this.digests.set(group, digest);
    return digest;
  }

  /** A part of a plan with what it refers to in place of the reference. */
  private meaning(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(each => this.meaning(each));
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node).filter(([key]) => key !== 'at' && key !== 'names');
    const parts = entries.map(([key, value]) => [key, this.partMeaning(node, key, value)]);
    return isDataNode(node) ? [parts, this.read(node)] : parts;
  }

  private partMeaning(node: object, key: string, value: unknown): unknown {
    if (key === 'c' && 'k' in node && node.k === 'const') return this.plan.constants[Number(value)];
    if (key === 'group') return this.digestOf(this.plan.groups[Number(value)]!);
    return this.meaning(value);
  }

  /** What stands at a path below `data`: rules, and values. */
  private read(node: DataNode): unknown {
    const keys = constantPath(node, this.plan);
    const groups = this.plan.groups.filter(group => overlaps(group.path, keys));
    const value = valueAt(this.policy.data, keys);
    return [groups.map(group => this.digestOf(group)), value === undefined ? null : stringify(value)];
  }
}

function overlaps(path: readonly string[], keys: readonly Value[]): boolean {
  const length = Math.min(path.length, keys.length);
  return path.slice(0, length).every((part, index) => part === keys[index]);
}

function valueAt(data: Value, keys: readonly Value[]): Value | undefined {
  return keys.reduce<Value | undefined>(
    (value, key) => (value !== undefined && isObject(value) ? value.get(key) : undefined),
    data,
  );
}

function isNamed({ path }: PlannedGroup): boolean {
  return path.every(part => /^[A-Za-z_][\w-]*$/u.test(part) && !part.startsWith('__'));
}

/** Without its version: the same layer at another one is the same. */
function layerName({ layer }: { readonly layer?: string }): { readonly layer?: string } {
  return layer === undefined ? {} : { layer: layer.replace(/@\d+$/u, '') };
}
