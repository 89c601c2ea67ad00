import type { Body, Literal, Module, Ref, RefPart, Span, Term } from '../../../grammar/index.ts';
import { pathText } from '../check/path-text.ts';
import { Builder } from './build.ts';
import { importOf, type ProgramRules, pathOfName, type RuleSource } from './program-rules.ts';

/** What a body does where a path is absent. */
export type Effect = 'fails' | 'holds';

export interface NeedsOptions {
  readonly effect: Effect;
  /** Whether a whole path that stands alone counts: it asks whether something is so. */
  readonly alone?: boolean;
}

/** A path into `data` or `input` without variables. */
export interface NeededPath {
  readonly ref: Ref;
  /** `data.acme.registries` */
  readonly text: string;
}

/**
 * The paths into `data` and `input` whose absence would make a body fail, or hold: of each reference in it, and
 * in the rules that it calls or reads, the part before the first variable. Rules with a default that says
 * something, or with `else`, are left out: they say themselves what is so where a path is absent.
 */
export function neededPaths(
  node: Body | Term,
  module: Module,
  program: ProgramRules,
  { effect, alone = false }: NeedsOptions,
): readonly NeededPath[] {
  const search = new Search(program, alone);
  const place: Place = { module, absence: 'fails', site: undefined };
  if (node.kind === 'body') search.body(node, place);
  else search.term(node, { ...place, absence: 'either' });
  const meets = ({ effects }: Found) => effects.has(effect) || effects.has('either');
  return [...search.found.values()].filter(meets).map(({ path }) => path);
}

interface Place {
  readonly module: Module;
  /** What an absent path does to the whole body, seen from here. */
  readonly absence: Effect | 'either';
  /** Where the author called the rule that is looked at. */
  readonly site: Span | undefined;
}

interface Found {
  readonly path: NeededPath;
  readonly effects: Set<Place['absence']>;
}

const opposite = { fails: 'holds', holds: 'fails', either: 'either' } as const;

class Search {
  readonly found = new Map<string, Found>();
  private readonly visited = new Set<string>();
  private readonly program: ProgramRules;
  private readonly alone: boolean;

  constructor(program: ProgramRules, alone: boolean) {
    this.program = program;
    this.alone = alone;
  }

  body(body: Body, place: Place): void {
    for (const literal of body.literals) if (literal.with.length === 0) this.literal(literal, place);
  }

  term(term: Term, place: Place): void {
    switch (term.kind) {
      case 'var':
        this.rules(term.name, [], term.span, place);
        break;
      case 'ref':
        this.ref(term, place);
        break;
      case 'call':
        if (term.function.kind === 'var') this.rules(term.function.name, [], term.span, place);
        else this.called(term.function, term.span, place);
        this.terms(term.args, place);
        break;
      case 'arrayComprehension':
      case 'setComprehension':
      case 'objectComprehension':
        this.comprehension(term, place);
        break;
      default:
        this.terms(partsOf(term), place);
        break;
    }
  }

  private terms(terms: readonly Term[], place: Place): void {
    for (const term of terms) this.term(term, place);
  }

  private literal(literal: Literal, place: Place): void {
    switch (literal.kind) {
      case 'expr':
        this.question(literal.term, place);
        break;
      case 'not':
        this.question(literal.term, { ...place, absence: opposite[place.absence] });
        break;
      case 'someIn':
        this.term(literal.collection, place);
        break;
      case 'every':
        this.term(literal.collection, place);
        this.body(literal.body, place);
        break;
    }
  }

  /** A path that stands alone says no more than whether it is so. */
  private question(term: Term, place: Place): void {
    const asks = !this.alone && term.kind === 'ref' && term.path.every(part => keyOf(part) !== undefined);
    if (!asks) this.term(term, place);
    else if (term.head.kind === 'var') this.rules(term.head.name, keysOf(term), term.span, place);
  }

  private comprehension(term: Term, place: Place): void {
    const inner: Place = { ...place, absence: 'either' };
    if ('body' in term) this.body(term.body, inner);
    if ('term' in term) this.term(term.term, inner);
    if ('key' in term && 'value' in term) this.terms([term.key, term.value] as Term[], inner);
  }

  private ref(ref: Ref, place: Place): void {
    for (const part of ref.path) if (part.kind === 'bracket') this.term(part.term, place);
    if (ref.head.kind === 'var') this.named(ref, ref.head.name, place);
    else this.term(ref.head, place);
  }

  private named(ref: Ref, head: string, place: Place): void {
    const keys = keysOf(ref);
    const [root, ...path] = [...(importOf(head, place.module) ?? [head]), ...keys];
    if ((root === 'data' || root === 'input') && path.length > 0) this.record(root, path, ref, place);
    this.rules(head, keys, ref.span, place);
  }

  private called(ref: Ref, span: Span, place: Place): void {
    if (ref.head.kind === 'var') this.rules(ref.head.name, keysOf(ref), span, place);
  }

  private record(root: string, path: readonly string[], ref: Ref, { absence, site }: Place): void {
    if (root === 'data' && this.program.isAbovePackage(path)) return;
    const key = JSON.stringify([root, path]);
    const known = this.found.get(key);
    if (known !== undefined) {
      known.effects.add(absence);
      return;
    }
    const last = ref.path.findLast(part => keyOf(part) === path.at(-1));
    const span = site ?? { start: ref.span.start, end: last?.span.end ?? ref.span.end };
    const made = new Builder(span).ref(root, ...path);
    this.found.set(key, {
      path: { ref: made, text: root + pathText(path).slice('data'.length) },
      effects: new Set([absence]),
    });
  }

  /** What the rules need that a name leads to. */
  private rules(name: string, keys: readonly string[], span: Span, place: Place): void {
    const path = pathOfName(name, place.module);
    const rules = path === undefined ? [] : this.program.at([...path, ...keys]);
    const visit = JSON.stringify([path, keys, place.absence]);
    if (rules.length === 0 || this.visited.has(visit) || rules.some(saysWhatElse)) return;
    this.visited.add(visit);
    for (const { rule, module } of rules) {
      const { head, body } = rule;
      const isPartial = head.key !== undefined || head.ref.path.length > 0;
      const absence = isPartial ? 'either' : place.absence;
      const inner: Place = { module, absence, site: place.site ?? span };
      if (body !== undefined) this.body(body, inner);
      if (!rule.default)
        this.terms(
          [head.key, head.value].filter(term => term !== undefined),
          inner,
        );
    }
  }
}

function saysWhatElse({ rule }: RuleSource): boolean {
  const { value } = rule.head;
  return rule.else.length > 0 || (rule.default && !(value?.kind === 'boolean' && !value.value));
}

function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'infix':
      return [term.left, term.right];
    case 'membership':
      return [...(term.key === undefined ? [] : [term.key]), term.value, term.collection];
    case 'array':
    case 'set':
      return term.items;
    case 'object':
      return term.entries.flatMap(({ key, value }) => [key, value]);
    default:
      return [];
  }
}

/** The keys before the first that is a variable. */
function keysOf(ref: Ref): readonly string[] {
  const open = ref.path.findIndex(part => keyOf(part) === undefined);
  return (open === -1 ? ref.path : ref.path.slice(0, open)).map(part => keyOf(part)!);
}

function keyOf(part: RefPart): string | undefined {
  if (part.kind === 'dot') return part.name;
  return part.term.kind === 'string' ? part.term.value : undefined;
}
