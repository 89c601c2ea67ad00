import type { Paint } from '../base/index.ts';
import type { Arguments, Option } from './options.ts';

/** Where a command writes to. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paintOut: Paint;
  readonly paintErr: Paint;
}

export interface Command {
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** What follows `pratique NAME`. */
  readonly usage: string;
  readonly options: readonly Option[];
  /** What else the help says. */
  readonly notes: string;
  /** Gives the exit code. */
  readonly run: (args: Arguments, output: Output) => Promise<number>;
}

export const helpOption: Option = { name: 'help', short: 'h', help: 'show this help' };

/** The help of one command. */
export function commandHelp({ name, summary, usage, options, notes }: Command): string {
  const rows = [...options, helpOption].map(({ name: option, short, value, help }) => [
    `${short === undefined ? '    ' : `-${short}, `}--${option}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]);
  const width = Math.max(...rows.map(row => row[0]!.length));
  const lines = rows.map(([left, right]) => `  ${left!.padEnd(width)}  ${right}`);
  return [summary, '', `usage: pratique ${name} ${usage}`, '', ...lines, '', notes, ''].join('\n');
}
