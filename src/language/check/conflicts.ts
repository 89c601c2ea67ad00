import { hash, type Value } from '../../values/index.ts';
import type { NormalRule } from '../normal/normal.ts';
import { pathText, ruleText } from './path-text.ts';
import { groundKey } from './rule-tree.ts';

/** What stands at one path; unlike the rule tree, keys may be any constants: `p[1]`. */
interface Node {
  readonly rules: NormalRule[];
  readonly children: Map<string, Node>;
}

/** `others` are the places that the message is about; `at` says what of the first rule's file is shown. */
export interface Conflict {
  readonly rule: NormalRule;
  readonly at: 'rule' | 'package';
  readonly message: string;
  readonly hint: string;
  readonly others: readonly NormalRule[];
}

type Report = (conflict: Conflict) => void;

/** Reports rules of one path that cannot stand side by side, and rules that hide others or a package. */
export function checkConflicts(
  rules: readonly NormalRule[],
  packages: readonly (readonly string[])[],
  report: Report,
): void {
  const root = node();
  for (const rule of rules) insert(root, rule);
  const packageTexts = new Set(packages.map(pathText));
  const pending = [root];
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (at.rules.length > 0) checkNode(at, packageTexts, report);
    pending.push(...at.children.values());
  }
}

function checkNode(at: Node, packages: ReadonlySet<string>, report: Report): void {
  const [first] = at.rules;
  const whole = at.rules.find(rule => rule.dynamicPath.length === 0);
  if (whole && packages.has(pathText(whole.path))) {
    const name = pathText(whole.path).slice('data.'.length);
    const message = `package ${name} conflicts with rule ${ruleText(whole)}`;
    report({ rule: whole, at: 'package', message, hint: 'rename the rule or the package', others: [whole] });
    return;
  }
  const hidden = hiddenRule(at);
  if (!hidden) {
    checkSamePath(at.rules, report);
    return;
  }
  const message = `rule ${ruleText(first!)} conflicts with rule ${ruleText(hidden)}`;
  const hint = 'one rule cannot give a whole document and another a part of it';
  report({ rule: first!, at: 'rule', message, hint, others: [hidden] });
}

function checkSamePath(rules: readonly NormalRule[], report: Report): void {
  const [first, ...others] = rules;
  const other = others.find(rule => shape(rule) !== shape(first!));
  if (other) {
    const message = `conflicting rules ${ruleText(first!)} found`;
    const hint = `${described(first!)}, and ${described(other)}`;
    report({ rule: first!, at: 'rule', message, hint, others: [other] });
    return;
  }
  const defaults = rules.filter(rule => rule.default);
  if (defaults.length < 2) return;
  const message = `multiple default rules ${ruleText(defaults[0]!)} found`;
  report({ rule: defaults[0]!, at: 'package', message, hint: 'keep one of them', others: defaults });
}

/** Rules of one path must be alike in this: what they make, how deep, and for functions of how many arguments. */
function shape(rule: NormalRule): string {
  const depth = isGround(rule) ? 'whole' : 'part';
  if (rule.kind === 'partialSet') return `set ${depth}`;
  return rule.args ? `function ${rule.args.length}` : `value ${depth}`;
}

function described(rule: NormalRule): string {
  const name = rule.path.at(-1);
  if (rule.args) return `one "${name}" is a function of ${rule.args.length}`;
  if (rule.kind === 'partialSet')
    return isGround(rule) ? `one "${name}" is a set` : `one "${name}" is an object of sets`;
  return isGround(rule) ? `one "${name}" is a single value` : `one "${name}" is an object`;
}

/** A rule below one that gives a whole document; or a function below one that gives any. */
function hiddenRule(at: Node): NormalRule | undefined {
  if (at.children.size === 0) return undefined;
  if (at.rules.some(isGround)) return firstBelow(at, () => true);
  return firstBelow(at, rule => rule.args !== undefined);
}

function firstBelow(at: Node, wanted: (rule: NormalRule) => boolean): NormalRule | undefined {
  for (const child of at.children.values()) {
    const found = child.rules.find(wanted) ?? firstBelow(child, wanted);
    if (found) return found;
  }
  return undefined;
}

function isGround(rule: NormalRule): boolean {
  return rule.dynamicPath.every(part => groundKey(part) !== undefined);
}

function insert(root: Node, rule: NormalRule): void {
  const keys: Value[] = [...rule.path];
  for (const part of rule.dynamicPath) {
    const key = groundKey(part);
    if (key === undefined) break;
    keys.push(key);
  }
  let at = root;
  for (const key of keys) {
    const text = hash(key);
    const next = at.children.get(text) ?? node();
    at.children.set(text, next);
    at = next;
  }
  at.rules.push(rule);
}

function node(): Node {
  return { rules: [], children: new Map() };
}
