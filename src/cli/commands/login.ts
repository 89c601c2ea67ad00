import { limits, printable } from '../../base/index.ts';
import type { Command, Output } from '../command.ts';
import { readText } from '../files.ts';
import { type Arguments, single } from '../options.ts';
import { credentialsPath, readCredentials, writeCredentials } from '../server/credentials.ts';
import { ServerProblem } from '../server/problem.ts';
import { originOf, Server, serverOptions } from '../server/server.ts';
import { UsageError } from '../usage-error.ts';

/** The service as `npm start` runs it. */
const LOCAL = 'http://127.0.0.1:8787';

export const loginCommand: Command = {
  name: 'login',
  summary: 'Keeps a token for a service.',
  usage: '[--server URL] < TOKEN',
  options: serverOptions,
  notes: [
    'The token is read from PRATIQUE_TOKEN or from the standard input, never from the arguments, which others on this',
    `machine can see. The service is ${LOCAL} if none is given. The token is tried first, and kept in`,
    'pratique/credentials.json below XDG_CONFIG_HOME or ~/.config, which nobody else can read.',
    '',
    'Exit code: 0 kept, 2 the service does not take the token, or could not be asked.',
  ].join('\n'),
  run: login,
};

export const logoutCommand: Command = {
  name: 'logout',
  summary: 'Forgets the token for a service.',
  usage: '[--server URL]',
  options: serverOptions,
  notes:
    'The token still counts: an admin revokes it at the service.\n\nExit code: 0 forgotten, 2 there was none.',
  run: logout,
};

async function login(args: Arguments, { err, paintErr }: Output): Promise<number> {
  if (process.stdin.isTTY && !process.env['PRATIQUE_TOKEN']) err('Paste the token, and end with Ctrl-D.\n');
  const origin = originOf(single(args, 'server') ?? process.env['PRATIQUE_SERVER'] ?? LOCAL, args);
  const token = (process.env['PRATIQUE_TOKEN'] || readText('-', limits.policyBytes)).trim();
  if (!/^[\w.~+/=-]{1,4096}$/u.test(token))
    throw new UsageError(
      'there is no token on the standard input',
      'for instance: pratique login < token.txt',
    );
  await tryToken(new Server(origin, token));
  const { tokens } = readCredentials();
  writeCredentials({ current: origin, tokens: new Map([...tokens, [origin, token]]) });
  err(
    `${paintErr('success', 'logged in')} to ${printable(origin)}, kept in ${printable(credentialsPath())}\n`,
  );
  return 0;
}

/** A credential that does not count is refused even where none would be needed; one without the role does count. */
async function tryToken(server: Server): Promise<void> {
  const json = { policy: { modules: { 'login.policy': 'package login\n\nprefer digest\n' } } };
  await server.ask('/v1/check', { method: 'POST', json }).catch((error: unknown) => {
    if (!(error instanceof ServerProblem && error.problem.code === 'forbidden')) throw error;
  });
}

async function logout(args: Arguments, { err }: Output): Promise<number> {
  const { current, tokens } = readCredentials();
  const address = single(args, 'server') ?? current;
  const origin = address === undefined ? undefined : originOf(address, args);
  if (origin === undefined || !tokens.has(origin)) throw new UsageError('there is no token to forget');
  const others = new Map([...tokens].filter(([known]) => known !== origin));
  writeCredentials({ ...(current !== undefined && current !== origin && { current }), tokens: others });
  err(`logged out of ${printable(origin)}\n`);
  return 0;
}
