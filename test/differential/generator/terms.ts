import type { BuiltinDeclaration } from '../../../src/builtins/declaration.ts';
import { declarations } from '../../../src/builtins/declarations.ts';
import { builtins } from '../../../src/builtins/index.ts';
import { any, array, boolean, number, object, set, string, type Type } from '../../../src/builtins/types.ts';
import { excludedBuiltin } from '../exclusions.ts';
import type { Random } from './random.ts';
import { numbers, stringsFor } from './samples.ts';
import { fits, type Known, type KnownFunction, type Scope } from './scope.ts';

const simple: readonly Type[] = [boolean, number, string, { kind: 'null' }];

/** Functions that can be called by name, operators left out. */
const callable = [...declarations.values()].filter(
  each =>
    !each.infix &&
    !each.relation &&
    !each.deprecated &&
    !each.evidence &&
    !each.host &&
    !each.name.startsWith('internal.') &&
    builtins.has(each.name) &&
    !excludedBuiltin(each.name),
);

/** Writes terms of wanted types: literals, names in scope, calls, operators, comprehensions. */
export class TermWriter {
  readonly random: Random;
  /** What every rule may refer to: input, data, rules written before. */
  readonly globals: Known[] = [];
  readonly functions: KnownFunction[] = [];
  /** Writes the body of a comprehension. */
  private readonly writeBody: (scope: Scope, depth: number) => string;

  constructor(random: Random, writeBody: (scope: Scope, depth: number) => string) {
    this.random = random;
    this.writeBody = writeBody;
  }

  type(depth: number): Type {
    const { random } = this;
    if (depth <= 0 || random.chance(60)) return random.pick(simple);
    return random.weighted<() => Type>([
      [3, () => array(this.type(depth - 1))],
      [3, () => set(this.type(depth - 1))],
      [3, () => object(random.chance(85) ? string : this.type(depth - 1), this.type(depth - 1))],
      [1, () => any],
    ])();
  }

  /** `family` names the built-in function that the term is an operand of. */
  term(type: Type, scope: Scope, depth: number, family?: string): string {
    const { random } = this;
    if (random.chance(depth > 0 ? 30 : 45)) {
      const name = this.name(type, scope);
      if (name !== undefined) return name;
    }
    if (depth > 0 && random.chance(50)) {
      const call = this.call(type, scope, depth - 1);
      if (call !== undefined) return call;
    }
    if (depth > 0 && random.chance(25)) {
      const comprehension = this.comprehension(type, scope, depth - 1);
      if (comprehension !== undefined) return comprehension;
    }
    return this.literal(type, scope, depth, family);
  }

  /** Something in scope that fits. */
  private name(type: Type, scope: Scope): string | undefined {
    const { random } = this;
    const from = random.chance(75) && scope.known.length > 0 ? scope.known : this.globals;
    const fitting = from.filter(each => fits(each.type, type));
    return fitting.length > 0 ? random.pick(fitting).text : undefined;
  }

  literal(type: Type, scope: Scope, depth: number, family?: string): string {
    const { random } = this;
    const inner = (wanted: Type) => this.term(wanted, scope, depth - 1, family);
    switch (type.kind) {
      case 'null':
        return 'null';
      case 'boolean':
        return random.pick(['true', 'false']);
      case 'number':
        return random.pick(numbers);
      case 'string':
        return this.text(scope, depth, family);
      case 'array': {
        const rest = type.dynamic ? random.times(0, 3, () => inner(type.dynamic!)) : [];
        return `[${[...type.items.map(inner), ...rest].join(', ')}]`;
      }
      case 'set': {
        const items = random.times(0, 3, () => inner(type.of));
        return items.length === 0 ? 'set()' : `{${items.join(', ')}}`;
      }
      case 'object':
        return this.objectLiteral(type, inner);
      case 'union':
        return this.literal(random.pick(type.of), scope, depth, family);
      case 'any':
        return this.literal(this.type(Math.min(depth, 2)), scope, depth, family);
    }
  }

  private text(scope: Scope, depth: number, family: string | undefined): string {
    const { random } = this;
    if (depth > 0 && random.chance(8))
      return `$"${random.pick(['', 'a ', '\\{'])}{${this.term(any, scope, depth - 1)}}"`;
    const text = random.pick(stringsFor(random.chance(85) ? family : undefined));
    return `"${text
      .replace(/\\(?![tn])/gu, '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('\n', '\\n')}"`;
  }

  private objectLiteral(type: Extract<Type, { kind: 'object' }>, inner: (wanted: Type) => string): string {
    const { random } = this;
    const entries = type.properties
      .filter(({ optional }) => !optional || random.chance(50))
      .map(({ key, value }) => `"${key}": ${inner(value)}`);
    if (type.dynamic) {
      const { key, value } = type.dynamic;
      const makeKey = () =>
        key.kind === 'string' || random.chance(80)
          ? `"${random.pick(['a', 'b', 'c', '__proto__', ''])}"`
          : inner(key);
      entries.push(...random.times(0, 3, () => `${makeKey()}: ${inner(value)}`));
    }
    return `{${entries.join(', ')}}`;
  }

  /** A call, or an operator, that gives the type. */
  private call(type: Type, scope: Scope, depth: number): string | undefined {
    const { random } = this;
    if (random.chance(35)) {
      const operator = this.operator(type, scope, depth);
      if (operator !== undefined) return operator;
    }
    const own = this.functions.filter(each => fits(each.result, type));
    if (own.length > 0 && random.chance(35)) {
      const { name, args } = random.pick(own);
      return `${name}(${args.map(each => this.term(each, scope, depth)).join(', ')})`;
    }
    const fitting = callable.filter(each => fits(each.result.type, type));
    return fitting.length > 0 ? this.builtinCall(random.pick(fitting), scope, depth) : undefined;
  }

  /** Mostly operands that the function takes; now and then a name of no known type. */
  private builtinCall({ name, args }: BuiltinDeclaration, scope: Scope, depth: number): string {
    const { random } = this;
    const operands = args.map(({ type }) =>
      random.chance(8) ? this.unknown(scope) : this.term(type, scope, depth, name),
    );
    return `${name}(${operands.join(', ')})`;
  }

  private unknown(scope: Scope): string {
    const names = [...scope.known, ...this.globals].filter(each => each.type.kind === 'any');
    return names.length > 0 ? this.random.pick(names).text : 'input';
  }

  private operator(type: Type, scope: Scope, depth: number): string | undefined {
    const { random } = this;
    const term = (wanted: Type) => this.term(wanted, scope, depth);
    const both = (wanted: Type, operators: readonly string[]) =>
      `(${term(wanted)} ${random.pick(operators)} ${term(wanted)})`;
    switch (type.kind) {
      case 'number':
        return both(number, ['+', '-', '*', '/', '%']);
      case 'set':
        return both(type, ['|', '&', '-']);
      case 'boolean': {
        if (random.chance(30)) {
          const of = this.type(1);
          return `(${term(of)} in ${term(random.pick([array(of), set(of), object(string, of)]))})`;
        }
        return both(this.type(1), ['==', '!=', '<', '<=', '>', '>=']);
      }
      default:
        return undefined;
    }
  }

  private comprehension(type: Type, outer: Scope, depth: number): string | undefined {
    if (type.kind !== 'array' && type.kind !== 'set' && type.kind !== 'object') return undefined;
    if (type.kind === 'object' ? !type.dynamic : type.kind === 'array' && !type.dynamic) return undefined;
    const scope = outer.child();
    const body = this.writeBody(scope, depth);
    if (type.kind === 'array') return `[${this.term(type.dynamic!, scope, depth)} | ${body}]`;
    if (type.kind === 'set') return `{${this.term(type.of, scope, depth)} | ${body}}`;
    const { key, value } = type.dynamic!;
    return `{${this.term(key, scope, depth)}: ${this.term(value, scope, depth)} | ${body}}`;
  }
}
