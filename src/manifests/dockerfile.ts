import { type Assignment, argumentsIn } from './dockerfile-arguments.ts';
import { type Flag, mountSources, splitFlags } from './dockerfile-flags.ts';
import { type InstructionLine, readLines } from './dockerfile-lines.ts';
import { firstWord } from './dockerfile-space.ts';
import { type Variable, variablesOf, wordsOf } from './dockerfile-words.ts';
import { interpolate } from './interpolation.ts';
import { Unreadable } from './problem.ts';

/** A Dockerfile taken apart. */
export interface Dockerfile {
  /** The image of the frontend that is to read the file. */
  readonly syntax?: { readonly ref: string; readonly line: number };
  /** What `ARG` declares before the first stage; null where no value is known. */
  readonly args: ReadonlyMap<string, string | null>;
  /** Those before the first stage: `ARG` alone. */
  readonly instructions: readonly Instruction[];
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
  /** The instruction that ONBUILD is to trigger; flags, words and variables are then of this. */
  readonly trigger?: string;
  /** What follows the flags; of ONBUILD all that follows. */
  readonly value: string;
  readonly words: readonly string[];
  /** What ENV, ARG or LABEL set. */
  readonly variables: readonly Variable[];
  /** Its here-documents. */
  readonly documents: readonly string[];
  readonly flags: readonly Flag[];
  readonly line: number;
  /** Images that `--from` and `--mount` name; earlier stages are none. */
  readonly images: readonly string[];
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

/** Set in every build, to what is not known here. */
const ofPlatform = /^(?:BUILD|TARGET)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT|STAGE)$/u;

/**
 * Reads a Dockerfile, defaults of arguments put in; `given` are arguments that come with the build (null:
 * given, but not known). Throws Unreadable where it is none: an unknown instruction, no stage, a stage
 * without an image.
 */
export function parseDockerfile(
  text: string,
  given: ReadonlyMap<string, string | null> = new Map(),
): Dockerfile {
  const { syntax, instructions, escapeWith } = readLines(text);
  const builder = new StageBuilder(given, escapeWith);
  for (const line of instructions) builder.add(line);
  if (builder.stages.length === 0) throw new Unreadable('a Dockerfile must have a FROM instruction', 0);
  const { globals: args, before, stages } = builder;
  return { ...(syntax && { syntax }), args, instructions: before, stages };
}

class StageBuilder {
  readonly globals = new Map<string, string | null>();
  readonly before: Instruction[] = [];
  readonly stages: (Stage & { instructions: Instruction[] })[] = [];
  private readonly given: ReadonlyMap<string, string | null>;
  /** The first stage of each name. */
  private readonly named = new Map<string, number>();
  private readonly escapeWith: string;
  private locals = new Map<string, string | null>();
  /** Whether the stage declares arguments that could not be told apart: none of its variables is then known. */
  private isClouded = false;

  constructor(given: ReadonlyMap<string, string | null>, escapeWith: string) {
    this.given = given;
    this.escapeWith = escapeWith;
  }

  add(line: InstructionLine): void {
    if (line.name === 'FROM') this.begin(line);
    else this.follow(line);
  }

  private follow(line: InstructionLine): void {
    if (!known.has(line.name))
      throw new Unreadable(`${line.name.slice(0, 40)} is no instruction of a Dockerfile`, line.offset);
    const stage = this.stages.at(-1);
    if (line.name === 'ARG') this.declareArguments(line, stage === undefined);
    else if (stage === undefined)
      throw new Unreadable(`${line.name} stands before the first FROM`, line.offset);
    (stage?.instructions ?? this.before).push(this.instruction(line));
  }

  private begin(line: InstructionLine): void {
    const { flags, value } = splitFlags(line.rest, line.offset);
    const [written, as, name, ...others] = value.split(/[\t\v\f\r ]+/u);
    if (!written || (as !== undefined && as.toUpperCase() !== 'AS') || (as && !name) || others.length > 0)
      throw new Unreadable('FROM must be followed by an image and, if at all, by AS and a name', line.offset);
    if (!/^[!#-&(-[\]-_a-~\t\v\f\r ]*$/u.test(value)) throw notPlain('FROM', line.offset);
    const from = this.filledIn(written, this.globals);
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
    this.isClouded = false;
  }

  /** `ARG NAME=value …`: what the build gives wins over the default. */
  private declareArguments(line: InstructionLine, isGlobal: boolean): void {
    const assignments = argumentsIn(line.rest, this.escapeWith);
    if (assignments !== undefined) for (const assignment of assignments) this.assign(assignment, isGlobal);
    else if (isGlobal) throw notPlain('ARG', line.offset);
    else this.isClouded = true;
  }

  private assign({ name, value: written }: Assignment, isGlobal: boolean): void {
    const scope = isGlobal ? this.globals : this.locals;
    const inherited = isGlobal ? undefined : this.globals.get(name);
    const own = written === undefined ? inherited : written === null ? null : this.known(written, scope);
    const given = this.given.get(name);
    const value = given === undefined ? own : given;
    if (value !== undefined) scope.set(name, value);
  }

  private instruction(line: InstructionLine): Instruction {
    const { name, rest, documents } = line;
    const trigger = name === 'ONBUILD' ? this.triggered(line) : undefined;
    const { flags, value } = splitFlags(trigger?.rest ?? rest, line.offset);
    const words = wordsOf(value, this.escapeWith);
    return {
      name,
      ...(trigger && { trigger: trigger.word }),
      value: trigger ? rest : value,
      words,
      variables: variablesOf(trigger?.word ?? name, value, words),
      documents,
      flags,
      line: line.line,
      images: flags.flatMap(flag => this.imagesIn(flag)),
    };
  }

  /** What ONBUILD is to trigger: its name in upper case and what follows it. */
  private triggered({ rest, offset }: InstructionLine): { readonly word: string; readonly rest: string } {
    const { flags, value } = splitFlags(rest, offset);
    if (flags.length > 0) throw new Unreadable('ONBUILD takes no flags', offset);
    const words = firstWord(value);
    return { word: words?.word.toUpperCase() ?? '', rest: words?.rest ?? '' };
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
    return interpolate(text, { lookup: name => this.valueOf(name, scope), escape: '\\' }) ?? null;
  }

  private valueOf(name: string, scope: ReadonlyMap<string, string | null>): string | null | undefined {
    if (scope === this.locals && this.isClouded) return null;
    const value = scope.get(name);
    return value === undefined && ofPlatform.test(name) ? null : value;
  }
}

function notPlain(name: string, offset: number): Unreadable {
  return new Unreadable(
    `${name} is not plain: builders may read another value`,
    offset,
    'manifest_error',
    'write the value without escapes, and quotation marks, if any, around the whole of it',
  );
}
