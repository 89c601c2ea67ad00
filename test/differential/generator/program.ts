import { any, boolean, object, set, string, type Type } from '../../../src/builtins/types.ts';
import { BodyWriter } from './bodies.ts';
import { input } from './documents.ts';
import { mutated } from './mutation.ts';
import { Random } from './random.ts';
import { type Known, Scope } from './scope.ts';

/** Modules with what they are asked about. */
export interface Program {
  /** By package: `t` is what is asked for, `lib` what it may use. */
  readonly modules: readonly { readonly name: string; readonly text: string }[];
  /** JSON text. */
  readonly input: string | undefined;
  readonly strict: boolean;
}

const documents: readonly Known[] = [
  ...[
    'input.a',
    'input.o.a',
    'input.xs[0]',
    'input.missing',
    'data.base.list[2]',
    'data.base.missing',
    'input.n',
    'input.s',
    'input.b',
    'input.xs',
    'input.o',
    'input.users',
    'input',
    'data.base.users.ann',
    'data.base.n',
    'data.base.big',
    'data.base.groups',
    'data.t.beside',
    'data.base.no',
    'input["a"]',
    'input.users[0].roles',
  ].map(text => ({ text, type: any })),
];

/** The program of a seed. */
export function programOf(seed: number): Program {
  const random = new Random(seed);
  const writer = new ProgramWriter(random);
  const lib = random.chance(20) ? [{ name: 'lib', text: writer.module('lib', 2) }] : [];
  const text = writer.module('t', 6);
  return {
    modules: [...lib, { name: 't', text: random.chance(20) ? mutated(text, random) : text }],
    input: input(random),
    strict: random.chance(40),
  };
}

class ProgramWriter {
  private readonly random: Random;
  private readonly bodies: BodyWriter;
  private rules = 0;
  private package = '';

  constructor(random: Random) {
    this.random = random;
    this.bodies = new BodyWriter(random);
    this.bodies.terms.globals.push(...documents);
  }

  module(name: string, most: number): string {
    const { random } = this;
    this.package = name;
    const imports = random.chance(15)
      ? ['import data.base.users as people', 'import input.xs'].filter(() => random.chance(60))
      : [];
    const rules = random.times(1, most, () => this.rule());
    return [`package ${name}`, ...imports, ...rules].join('\n\n').concat('\n');
  }

  private rule(): string {
    const { random } = this;
    const name = `${this.package === 't' ? 'r' : 'l'}${this.rules++}`;
    const text = random.weighted<() => string>([
      [10, () => this.complete(name)],
      [8, () => this.partialSet(name)],
      [7, () => this.partialObject(name)],
      [6, () => this.func(name)],
      [4, () => this.deep(name)],
      [4, () => this.truth(name)],
    ])();
    return random.chance(95) ? withoutUnused(text) : text;
  }

  private know(name: string, type: Type): void {
    const { globals } = this.bodies.terms;
    globals.push({ text: this.package === 't' ? name : `data.${this.package}.${name}`, type });
  }

  private body(scope: Scope): string {
    return ` if {\n\t${this.bodies.body(scope, 2, 3, '\n\t')}\n}`;
  }

  private maybeBody(scope: Scope): string {
    return this.random.chance(75) ? this.body(scope) : '';
  }

  private complete(name: string): string {
    const { random } = this;
    const type = this.bodies.terms.type(2);
    const lines = random.times(1, random.chance(25) ? 2 : 1, () => {
      const scope = new Scope();
      const body = this.maybeBody(scope);
      const head = `${name} := ${this.bodies.terms.term(type, scope, 2)}${body}`;
      return body === '' ? head : head + this.elses(type);
    });
    if (random.chance(25)) lines.unshift(`default ${name} := ${this.constant(type)}`);
    this.know(name, type);
    return lines.join('\n');
  }

  /** A term without names or calls. */
  private constant(type: Type): string {
    switch (type.kind) {
      case 'number':
        return '0';
      case 'string':
        return '"none"';
      case 'boolean':
        return 'false';
      case 'array':
        return '[]';
      case 'set':
        return 'set()';
      case 'object':
        return '{}';
      default:
        return 'null';
    }
  }

  private elses(type: Type): string {
    const { random } = this;
    if (!random.chance(25)) return '';
    return random
      .times(1, 2, () => {
        const scope = new Scope();
        const body = this.body(scope);
        return ` else := ${this.bodies.terms.term(type, scope, 1)}${body}`;
      })
      .join('');
  }

  private partialSet(name: string): string {
    const type = this.bodies.terms.type(1);
    const lines = this.random.times(1, 2, () => {
      const scope = new Scope();
      const body = this.maybeBody(scope);
      return `${name} contains ${this.bodies.terms.term(type, scope, 1)}${body}`;
    });
    this.know(name, set(type));
    return lines.join('\n');
  }

  private partialObject(name: string): string {
    const { random } = this;
    const type = this.bodies.terms.type(1);
    const key = random.chance(80) ? string : this.bodies.terms.type(1);
    const lines = random.times(1, 2, () => {
      const scope = new Scope();
      const body = this.maybeBody(scope);
      return `${name}[${this.key(key, scope)}] := ${this.bodies.terms.term(type, scope, 1)}${body}`;
    });
    this.know(name, object(key, type));
    return lines.join('\n');
  }

  /** A key of a head: where it is written out it is a string. */
  private key(type: Type, scope: Scope): string {
    const text = this.bodies.terms.term(type, scope, 1);
    return /^[-\d[{]|^(?:null|true|false|set\(\))$/u.test(text) ? '"k"' : text;
  }

  private func(name: string): string {
    const { random } = this;
    const args = random.times(1, 2, () => this.bodies.terms.type(1));
    const result = this.bodies.terms.type(1);
    const lines = random.times(1, random.chance(30) ? 2 : 1, () => {
      const scope = new Scope();
      const parameters = args.map(type => this.parameter(type, scope));
      const body = this.maybeBody(scope);
      const head = `${name}(${parameters.join(', ')})`;
      return `${head} := ${this.bodies.terms.term(result, scope, 1)}${body}${body === '' ? '' : this.elses(result)}`;
    });
    if (random.chance(12))
      lines.unshift(`default ${name}(${args.map(() => '_').join(', ')}) := ${this.constant(result)}`);
    const full = this.package === 't' ? name : `data.${this.package}.${name}`;
    this.bodies.terms.functions.push({ name: full, args, result });
    return lines.join('\n');
  }

  private parameter(type: Type, scope: Scope): string {
    const { random } = this;
    const name = scope.fresh();
    if (random.chance(12)) return this.bodies.terms.literal(type, scope, 0);
    if (type.kind === 'array' && random.chance(30)) {
      const [a, b] = [scope.fresh(), scope.fresh()];
      scope.declare(a, type.dynamic ?? any);
      scope.declare(b, type.dynamic ?? any);
      return `[${a}, ${b}]`;
    }
    scope.declare(name, type);
    return name;
  }

  /** Heads that are references: `r1.a[x] := …`, `r1.b contains …`. */
  private deep(name: string): string {
    const { random } = this;
    const lines = random.times(1, 3, () => {
      const scope = new Scope();
      const body = this.maybeBody(scope);
      const key = random.chance(80)
        ? this.bodies.terms.term(string, scope, 1)
        : random.pick(['input.n', 'data.base.n']);
      const value = this.bodies.terms.term(this.bodies.terms.type(1), scope, 1);
      const head = random.pick([
        `${name}.a[${key}] := ${value}`,
        `${name}.b contains ${value}`,
        `${name}[${key}].c := ${value}`,
        `${name}.a.d := ${value}`,
        `${name}[${key}] contains ${value}`,
        `${name}.e["x y"] := ${value}`,
      ]);
      return head + body;
    });
    this.know(name, any);
    return lines.join('\n');
  }

  private truth(name: string): string {
    const scope = new Scope();
    const body = this.body(scope);
    this.know(name, boolean);
    return `${name}${body}${this.random.chance(20) ? `\n\n${name}${this.body(new Scope())}` : ''}`;
  }
}

/** The rule with `_` for what `some … in` declares and nothing uses, which would be an error. */
function withoutUnused(text: string): string {
  return text.replace(/\bsome (?:\w+, )?\w+ in\b/gu, declaration =>
    declaration.replace(/\bx\d+\b/gu, name =>
      text.split(new RegExp(`\\b${name}\\b`, 'u')).length > 2 ? name : '_',
    ),
  );
}
