import packageJson from '../../package.json' with { type: 'json' };
import { closest, printable } from '../base/index.ts';
import { type Command, commandHelp, helpOption, type Output } from './command.ts';
import { buildCommand } from './commands/build.ts';
import { checkCommand } from './commands/check.ts';
import { decisionsCommand } from './commands/decisions.ts';
import { diffCommand } from './commands/diff.ts';
import { evalCommand } from './commands/eval.ts';
import { exemptCommand } from './commands/exempt.ts';
import { fmtCommand } from './commands/fmt.ts';
import { gatekeeperCommand } from './commands/gatekeeper.ts';
import { kubernetesCommand } from './commands/kubernetes.ts';
import { loginCommand, logoutCommand } from './commands/login.ts';
import { newCommand } from './commands/new.ts';
import { parseCommand } from './commands/parse.ts';
import { promoteCommand } from './commands/promote.ts';
import { publishCommand } from './commands/publish.ts';
import { pullCommand } from './commands/pull.ts';
import { testCommand } from './commands/test.ts';
import { readArguments } from './options.ts';
import { ServerProblem, showProblem } from './server/problem.ts';
import { UsageError } from './usage-error.ts';

const commands: readonly Command[] = [
  evalCommand,
  checkCommand,
  testCommand,
  newCommand,
  fmtCommand,
  parseCommand,
  buildCommand,
  gatekeeperCommand,
  ...[loginCommand, logoutCommand, publishCommand, promoteCommand, pullCommand],
  ...[diffCommand, exemptCommand, decisionsCommand, kubernetesCommand],
];

/** Runs the command that the arguments name; gives the exit code. Errors of usage are said, not thrown. */
export async function main(args: readonly string[], output: Output): Promise<number> {
  try {
    return await dispatch(args, output);
  } catch (error) {
    if (error instanceof ServerProblem) return showProblem(error, output);
    if (!(error instanceof UsageError)) throw error;
    const { err, paintErr } = output;
    err(`${paintErr('error', 'error')}: ${printable(error.message)}\n`);
    if (error.hint !== undefined) err(`${paintErr('hint', 'hint')}: ${printable(error.hint)}\n`);
    return 2;
  }
}

async function dispatch([first, ...rest]: readonly string[], output: Output): Promise<number> {
  switch (first) {
    case undefined:
      output.err(overview());
      return 2;
    case '--version':
    case '-V':
      output.out(`pratique ${packageJson.version}\n`);
      return 0;
    case '--help':
    case '-h':
    case 'help':
      output.out(rest[0] === undefined ? overview() : commandHelp(find(rest[0])));
      return 0;
    default:
      return runCommand(find(first), rest, output);
  }
}

async function runCommand(command: Command, args: readonly string[], output: Output): Promise<number> {
  const read = readArguments(args, [...command.options, helpOption]);
  if (!read.options.has(helpOption.name)) return command.run(read, output);
  output.out(commandHelp(command));
  return 0;
}

function find(name: string): Command {
  const command = commands.find(each => each.name === name);
  if (command !== undefined) return command;
  const what = name.startsWith('-') ? 'option' : 'command';
  const known = what === 'option' ? ['--help', '--version'] : [...commands.map(each => each.name), 'help'];
  const near = closest(name, known);
  throw new UsageError(`unknown ${what} ${name}`, near ? `did you mean ${near}?` : 'see pratique --help');
}

function overview(): string {
  const width = Math.max(...commands.map(command => command.name.length));
  return [
    'Decides, from policy as code, which container images may run.',
    '',
    'usage: pratique COMMAND [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    '  pratique COMMAND --help  says more of a command',
    '  pratique --version       says which version this is',
    '',
  ].join('\n');
}
