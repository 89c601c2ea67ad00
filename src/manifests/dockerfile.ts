import { type InstructionLine, readLines } from './dockerfile-lines.ts';
import { interpolate } from './interpolation.ts';
import { Unreadable } from './problem.ts';

/** A Dockerfile taken apart. */
export interface Dockerfile {
  /** The image of the frontend that is to read the file. */
  readonly syntax?: { readonly ref: string; readonly line: number };
  /** What `ARG` declares before the first stage; null where no value is known. */
  readonly args: ReadonlyMap<string, string | null>;
  readonly stages: readonly Stage[];
}

export interface Stage {
  readonly name?: string;
  /** As written, variables put in where their values are known. */
  readonly from: string;
  /** `stage` where an earlier stage is meant, `scratch` where nothing is. */
  readonly base: 'image' | 'stage' | 'scratch';
  readonly platform?: string;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

export interface Instruction {
  readonly name: string;
  /** What follows the flags. */
  readonly value: string;
  readonly flags: readonly Flag[];
  readonly line: number;
  /** Images that `--from` and `--mount` name; earlier stages are none. */
  readonly images: readonly string[];
}

export interface Flag {
  readonly name: string;
  readonly value: string;
}

const known: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/**
 * Reads a Dockerfile, defaults of arguments put in; `given` are arguments that come with the build (null:
 * given, but not known). Throws Unreadable where it is none: an unknown instruction, no stage, a stage
 * without an image.
 */
export function parseDockerfile(
  text: string,
  given: ReadonlyMap<string, string | null> = new Map(),
): Dockerfile {
  const { syntax, instructions } = readLines(text);
  const builder = new StageBuilder(given);
  for (const line of instructions) builder.add(line);
  if (builder.stages.length === 0) throw new Unreadable('a Dockerfile must have a FROM instruction', 0);
  return { ...(syntax && { syntax }), args: builder.globals, stages: builder.stages };
}

class StageBuilder {
  readonly globals = new Map<string, string | null>();
  readonly stages: (Stage & { instructions: Instruction[] })[] = [];
  private readonly given: ReadonlyMap<string, string | null>;
  /** The first stage of each name. */
  private readonly named = new Map<string, number>();
  private locals = new Map<string, string | null>();

  constructor(given: ReadonlyMap<string, string | null>) {
    this.given = given;
  }

  add(line: InstructionLine): void {
    if (line.name === 'FROM') this.begin(line);
    else this.follow(line);
  }

  private follow(line: InstructionLine): void {
    if (!known.has(line.name))
      throw new Unreadable(`${line.name.slice(0, 40)} is no instruction of a Dockerfile`, line.offset);
    const stage = this.stages.at(-1);
    if (line.name === 'ARG') this.declareArguments(line.rest, stage === undefined);
    else if (stage === undefined)
      throw new Unreadable(`${line.name} stands before the first FROM`, line.offset);
    stage?.instructions.push(this.instruction(line));
  }

  private begin(line: InstructionLine): void {
    const { flags, value } = splitFlags(line.rest);
    const [written, as, name, ...others] = value.split(/\s+/u);
    if (!written || (as !== undefined && as.toUpperCase() !== 'AS') || (as && !name) || others.length > 0)
      throw new Unreadable('FROM must be followed by an image and, if at all, by AS and a name', line.offset);
    const from = this.filledIn(unquoted(written), this.globals);
    const platform = flags.find(flag => flag.name === 'platform')?.value;
    const base =
      from === 'scratch' ? 'scratch' : this.isEarlier(from, this.stages.length) ? 'stage' : 'image';
    this.stages.push({
      ...(name !== undefined && { name }),
      from,
      base,
      ...(platform !== undefined && { platform }),
      line: line.line,
      instructions: [],
    });
    const key = name?.toLowerCase();
    if (key !== undefined && !this.named.has(key)) this.named.set(key, this.stages.length - 1);
    this.locals = new Map();
  }

  /** `ARG NAME=value …`: what the build gives wins over the default. */
  private declareArguments(rest: string, isGlobal: boolean): void {
    const scope = isGlobal ? this.globals : this.locals;
    for (const [, name, , double, single, bare] of rest.matchAll(argument)) {
      const written = double ?? single ?? bare;
      const inherited = isGlobal ? undefined : this.globals.get(name!);
      const own = written === undefined ? inherited : this.known(written, scope);
      const given = this.given.get(name!);
      const value = given === undefined ? own : given;
      if (value !== undefined) scope.set(name!, value);
    }
  }

  private instruction(line: InstructionLine): Instruction {
    const inner = line.name === 'ONBUILD' ? line.rest.replace(/^(?:ADD|COPY|RUN)\s+/iu, '') : line.rest;
    const { flags, value } = splitFlags(inner);
    const images = flags.flatMap(flag => this.imagesIn(flag));
    return {
      name: line.name,
      value: line.name === 'ONBUILD' ? line.rest : value,
      flags,
      line: line.line,
      images,
    };
  }

  private imagesIn(flag: Flag): readonly string[] {
    const written =
      flag.name === 'from' ? [flag.value] : flag.name === 'mount' ? mountSources(flag.value) : [];
    return written.map(from => this.filledIn(from, this.locals)).filter(from => this.isImage(from));
  }

  private isImage(from: string): boolean {
    const current = this.stages.length - 1;
    if (from === '' || from === 'scratch' || this.isEarlier(from, current)) return false;
    return !(/^\d{1,6}$/u.test(from) && Number(from) < current);
  }

  /** Whether a stage before this one has the name. */
  private isEarlier(name: string, current: number): boolean {
    return (this.named.get(name.toLowerCase()) ?? current) < current;
  }

  /** The text with its variables put in, or as written where one is not known. */
  private filledIn(text: string, scope: ReadonlyMap<string, string | null>): string {
    return this.known(text, scope) ?? text;
  }

  private known(text: string, scope: ReadonlyMap<string, string | null>): string | null {
    return interpolate(text, { lookup: name => scope.get(name), escape: '\\' }) ?? null;
  }
}

const argument = /([A-Za-z_]\w*)(=(?:"([^"]*)"|'([^']*)'|(\S*)))?/gu;

function splitFlags(rest: string): { readonly flags: readonly Flag[]; readonly value: string } {
  const flags: Flag[] = [];
  let value = rest;
  for (;;) {
    const match = /^--([A-Za-z][\w-]*)(?:=("[^"]*"|\S*))?(?:\s+|$)/u.exec(value);
    if (!match) return { flags, value };
    flags.push({ name: match[1]!.toLowerCase(), value: unquoted(match[2] ?? '') });
    value = value.slice(match[0].length);
  }
}

function mountSources(mount: string): readonly string[] {
  return mount.split(',').flatMap(field => {
    const match = /^\s*"?from=([^"]*)"?\s*$/iu.exec(field);
    return match ? [match[1]!] : [];
  });
}

function unquoted(text: string): string {
  return /^(["']).*\1$/u.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}
