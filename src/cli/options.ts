import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { closest } from '../base/index.ts';
import { UsageError } from './usage-error.ts';

/** An option as it is read and as the help shows it. */
export interface Option {
  readonly name: string;
  readonly short?: string;
  /** How its value is called; without one the option is a switch. */
  readonly value?: string;
  readonly help: string;
}

/** The options given, each with its values in order, and everything else. */
export interface Arguments {
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

type Token = ReturnType<typeof parse>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Reads arguments; throws a UsageError at the first option that is unknown or has not the value it needs. */
export function readArguments(args: readonly string[], known: readonly Option[]): Arguments {
  const options = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of parse(args, known)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option')
      options.set(token.name, [...(options.get(token.name) ?? []), tokenValue(token, known)]);
  }
  return { options, positionals };
}

/** The value of an option that is given once at most. */
export function single({ options }: Arguments, name: string): string | undefined {
  const values = options.get(name) ?? [];
  if (values.length > 1) throw new UsageError(`--${name} is given ${values.length} times`);
  return values[0];
}

/** The value of an option that is one of a few words; the first where it is not given. */
export function choice<const T extends string>(args: Arguments, name: string, words: readonly T[]): T {
  const value = single(args, name) ?? words[0]!;
  const word = words.find(each => each === value);
  if (word !== undefined) return word;
  const near = closest(value, words);
  throw new UsageError(
    `unknown ${name} ${JSON.stringify(value)}`,
    near === undefined ? `${name}s are ${words.join(', ')}` : `did you mean ${near}?`,
  );
}

/** A whole number above 0. */
export function positiveInteger(args: Arguments, name: string): number | undefined {
  return numberBetween(
    args,
    name,
    1,
    Number.MAX_SAFE_INTEGER,
    'a whole number above 0',
    Number.isSafeInteger,
  );
}

/** A number from 0 to 100. */
export function percentage(args: Arguments, name: string): number | undefined {
  return numberBetween(args, name, 0, 100, 'a number from 0 to 100', Number.isFinite);
}

function numberBetween(
  args: Arguments,
  name: string,
  low: number,
  high: number,
  what: string,
  fits: (number: number) => boolean,
): number | undefined {
  const text = single(args, name);
  if (text === undefined) return undefined;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (fits(number) && number >= low && number <= high) return number;
  throw new UsageError(`--${name} ${JSON.stringify(text)} is not ${what}`);
}

function parse(args: readonly string[], known: readonly Option[]) {
  const config: ParseArgsOptionsConfig = {};
  for (const { name, short, value } of known)
    config[name] = {
      type: value === undefined ? 'boolean' : 'string',
      ...(short !== undefined && { short }),
    };
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, tokens: true });
  return tokens;
}

function tokenValue(token: OptionToken, known: readonly Option[]): string {
  const option = known.find(({ name }) => name === token.name);
  if (option === undefined) throw unknownOption(token, known);
  if (option.value === undefined) {
    if (token.inlineValue) throw new UsageError(`${token.rawName} takes no value`);
    return '';
  }
  const missing = token.value === undefined || (!token.inlineValue && /^-./u.test(token.value));
  if (missing) throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${option.value}`);
  return token.value!;
}

function unknownOption({ rawName }: OptionToken, known: readonly Option[]): UsageError {
  const near = closest(
    rawName,
    known.map(({ name }) => `--${name}`),
  );
  return new UsageError(`unknown option ${rawName}`, near && `did you mean ${near}?`);
}
