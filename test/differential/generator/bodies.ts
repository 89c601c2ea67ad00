import { any, array, boolean, number, object, set, string, type Type } from '../../../src/builtins/types.ts';
import type { Random } from './random.ts';
import type { Scope } from './scope.ts';
import { TermWriter } from './terms.ts';

/** Functions that `with` may replace, each with a value or function to put in its place. */
const mocks = [
  'count as 7',
  'upper as lower',
  'startswith as true',
  'concat as "mocked"',
  'to_number as count',
];

/** Writes bodies: conditions of every kind, one after another. */
export class BodyWriter {
  readonly random: Random;
  readonly terms: TermWriter;

  constructor(random: Random) {
    this.random = random;
    this.terms = new TermWriter(random, (scope, depth) => this.body(scope, Math.min(depth, 1), 2, '; '));
  }

  body(scope: Scope, depth: number, most: number, between: string): string {
    return this.random.times(1, most, () => this.literal(scope, depth)).join(between);
  }

  private literal(scope: Scope, depth: number): string {
    const { random } = this;
    const literal = random.weighted<() => string>([
      [14, () => this.comparison(scope, depth)],
      [14, () => this.assignment(scope, depth)],
      [12, () => this.someIn(scope, depth)],
      [8, () => this.iteration(scope)],
      [6, () => this.terms.term(boolean, scope, depth)],
      [5, () => `not ${this.closed(scope, depth)}`],
      [4, () => this.every(scope, depth)],
      [6, () => this.pattern(scope, depth)],
      [4, () => this.membership(scope, depth)],
      [2, () => this.walk(scope, depth)],
      [3, () => this.terms.term(any, scope, depth)],
      [2, () => this.someNames(scope)],
    ])();
    return random.chance(8) && !literal.startsWith('some ') ? `${literal} ${this.modifier(scope)}` : literal;
  }

  /** What can stand behind `not`: it declares nothing. */
  private closed(scope: Scope, depth: number): string {
    return this.random.chance(50) ? this.comparison(scope, depth) : this.terms.term(boolean, scope, depth);
  }

  private comparison(scope: Scope, depth: number): string {
    const type = this.terms.type(1);
    const operator = this.random.pick(['==', '!=', '<', '<=', '>', '>=', '=', '==']);
    return `${this.terms.term(type, scope, depth)} ${operator} ${this.terms.term(type, scope, depth)}`;
  }

  private assignment(scope: Scope, depth: number): string {
    const type = this.terms.type(2);
    const value = this.terms.term(type, scope, depth);
    const name = scope.fresh();
    scope.declare(name, type);
    return `${name} ${this.random.chance(80) ? ':=' : '='} ${value}`;
  }

  private collection(of: Type): Type {
    return this.random.pick([array(of), set(of), object(string, of)]);
  }

  private someIn(scope: Scope, depth: number): string {
    const { random } = this;
    const of = this.terms.type(1);
    const type = this.collection(of);
    const collection = random.chance(40) ? random.pick(iterable) : this.terms.term(type, scope, depth);
    const known = iterable.includes(collection);
    const value = random.chance(10) ? '_' : scope.fresh();
    const key = random.chance(35) ? scope.fresh() : undefined;
    if (value !== '_') scope.declare(value, known ? any : of);
    if (key === undefined) return `some ${value} in ${collection}`;
    scope.declare(key, known ? any : type.kind === 'array' ? number : type.kind === 'set' ? of : string);
    return `some ${key}, ${value} in ${collection}`;
  }

  /** A reference that searches: `x1 := input.xs[x0]`. */
  private iteration(scope: Scope): string {
    const { random } = this;
    const from = random.pick(iterable);
    const key = random.chance(30) ? '_' : scope.fresh();
    const value = scope.fresh();
    if (key !== '_') scope.declare(key, any);
    if (random.chance(25)) return `${from}[${key}]`;
    scope.declare(value, any);
    const below = random.chance(20) ? random.pick(['.a', '.id', '[0]', '["b"]']) : '';
    return `${value} ${random.pick([':=', '='])} ${from}[${key}]${below}`;
  }

  private every(outer: Scope, depth: number): string {
    const scope = outer.child();
    const of = this.terms.type(1);
    const collection = this.terms.term(this.collection(of), outer, depth);
    const names = this.random.chance(30) ? [scope.fresh(), scope.fresh()] : [scope.fresh()];
    if (names.length > 1) scope.declare(names[0]!, any);
    scope.declare(names.at(-1)!, of);
    const body = this.body(scope, Math.min(depth, 1), 2, '; ');
    const unused = names.filter(name => !new RegExp(`\\b${name}\\b`, 'u').test(body));
    const uses = this.random.chance(95)
      ? unused.map(name => `; ${name} != ${this.terms.term(any, outer, 0)}`)
      : [];
    return `every ${names.join(', ')} in ${collection} { ${body}${uses.join('')} }`;
  }

  private pattern(scope: Scope, depth: number): string {
    const { random } = this;
    const [a, b] = [scope.fresh(), scope.fresh()];
    const [left, right] = [this.terms.type(1), this.terms.type(1)];
    const first = this.terms.term(left, scope, depth);
    const second = this.terms.term(right, scope, depth);
    scope.declare(a, left);
    scope.declare(b, right);
    return random.pick([
      `[${a}, ${b}] = [${first}, ${second}]`,
      `[${a}, ${b}] := [${first}, ${second}]`,
      `{"a": ${a}, "b": ${b}} = {"a": ${first}, "b": ${second}}`,
      `[${a}, ${second}] = [${first}, ${b}]`,
      `[${first}, [${b}]] = [${a}, [${second}]]`,
      `{"k": [${a}, _], "l": ${b}} := {"k": [${first}, 1], "l": ${second}}`,
    ]);
  }

  private membership(scope: Scope, depth: number): string {
    const of = this.terms.type(1);
    const type = this.collection(of);
    const value = this.terms.term(of, scope, depth);
    const collection = this.terms.term(type, scope, depth);
    return this.random.chance(25)
      ? `${this.terms.term(type.kind === 'array' ? number : string, scope, depth)}, ${value} in ${collection}`
      : `${value} in ${collection}`;
  }

  private walk(scope: Scope, depth: number): string {
    const [path, value] = [scope.fresh(), scope.fresh()];
    const from = this.terms.term(any, scope, depth);
    scope.declare(path, array(any));
    scope.declare(value, any);
    return this.random.chance(60)
      ? `walk(${from}, [${path}, ${value}])`
      : `[${path}, ${value}] = walk(${from})`;
  }

  private someNames(scope: Scope): string {
    const { random } = this;
    const name = scope.fresh();
    scope.declare(name, any);
    return `some ${name}; ${random.pick(iterable)}[${name}]`;
  }

  private modifier(scope: Scope): string {
    const { random } = this;
    const value = () => this.terms.term(any, scope, 1);
    return random.pick([
      () => `with input as ${value()}`,
      () => `with input.${random.pick(['a', 'xs', 'new.deep', 'o.a'])} as ${value()}`,
      () => `with data.base.${random.pick(['n', 'list', 'users', 'fresh'])} as ${value()}`,
      () => `with ${random.pick(mocks)}`,
      () => `with input as ${value()} with data.base as ${value()}`,
      () => `with data.t.r${random.below(4)} as ${value()}`,
    ])();
  }
}

/** Places in the documents that hold collections, most of the time. */
export const iterable = [
  'input.xs',
  'input.o',
  'input.users',
  'data.base.list',
  'data.base.users',
  'data.base.groups',
  'input',
  'data.base',
];
