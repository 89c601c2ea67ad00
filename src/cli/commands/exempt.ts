import { printable } from '../../base/index.ts';
import type { Command, Output } from '../command.ts';
import { type Arguments, choice, type Option, single } from '../options.ts';
import { everyPage } from '../server/pages.ts';
import { readPolicyName } from '../server/policy-name.ts';
import { type Server, serverOf, serverOptions } from '../server/server.ts';
import { tableOf } from '../server/table.ts';
import { UsageError } from '../usage-error.ts';

const formats = ['text', 'json'] as const;

const options: readonly Option[] = [
  { name: 'rule', value: 'RULE', help: 'rule that is lifted, such as acme.production.deny_tag; repeatable' },
  { name: 'image', value: 'PATTERN', help: 'image that it is lifted for; repeatable' },
  { name: 'digest', value: 'DIGEST', help: 'digest of such an image; repeatable' },
  { name: 'namespace', value: 'GLOB', help: 'only in these namespaces; repeatable' },
  { name: 'owner', value: 'NAME', help: 'who answers for it' },
  { name: 'reason', value: 'TEXT', help: 'why' },
  { name: 'ticket', value: 'TEXT', help: 'where it is written down' },
  { name: 'starts', value: 'TIME', help: 'from when on; now if not given' },
  { name: 'expires', value: 'TIME', help: 'until when' },
  { name: 'indeterminate', help: 'lift also what could not be decided' },
  { name: 'state', value: 'STATE', help: 'list: active, planned, expired or revoked' },
  { name: 'expiring', value: 'DAYS', help: 'list: those that end within so many days, such as 30d' },
  {
    name: 'unused',
    value: 'DAYS',
    help: 'list: those that no decision needed for so many days; true: never',
  },
  { name: 'format', short: 'f', value: 'FORMAT', help: `${formats.join(', ')}; text if not given` },
  ...serverOptions,
];

export const exemptCommand: Command = {
  name: 'exempt',
  summary: 'Exempts images from rules for a while; lists and ends exemptions.',
  usage: [
    'create ORG/NAME --rule RULE --image PATTERN --owner NAME --reason TEXT --expires TIME',
    'pratique exempt list ORG|ORG/NAME [--state STATE] [--expiring DAYS] [--unused DAYS]',
    'pratique exempt revoke ORG ID',
  ].join('\n       '),
  options,
  notes: [
    'TIME is RFC 3339, or a date, which is its first moment in UTC. An exemption counts at once, and so does its end.',
    '',
    'Exit code: 0 done, 1 refused, 2 it could not be done.',
  ].join('\n'),
  run,
};

interface Exemption {
  readonly id: string;
  readonly state: string;
  readonly policy: string;
  readonly owner: string;
  readonly rules: readonly string[];
  readonly images: readonly string[];
  readonly digests: readonly string[];
  readonly expires_at: string;
}

async function run(args: Arguments, output: Output): Promise<number> {
  const [verb, ...positionals] = args.positionals;
  const rest = { ...args, positionals };
  switch (verb) {
    case 'create':
      return create(rest, output);
    case 'list':
      return list(rest, output);
    case 'revoke':
      return revoke(rest, output);
    default:
      throw new UsageError(
        'what is to be done?',
        'pratique exempt create, list or revoke; see pratique exempt --help',
      );
  }
}

async function create(args: Arguments, output: Output): Promise<number> {
  const policy = readPolicyName(args.positionals[0]);
  const all = (name: string) => args.options.get(name) ?? [];
  const namespaces = all('namespace');
  const [ticket, starts] = [single(args, 'ticket'), single(args, 'starts')];
  const exemption = await serverOf(args).read<Exemption>(`/v1/orgs/${policy.org}/exemptions`, {
    method: 'POST',
    json: {
      policy: `${policy.org}/${policy.name}`,
      owner: needed(args, 'owner'),
      reason: needed(args, 'reason'),
      rules: all('rule'),
      images: all('image'),
      digests: all('digest'),
      expires_at: toTime(needed(args, 'expires')),
      ...(ticket !== undefined && { ticket }),
      ...(starts !== undefined && { starts_at: toTime(starts) }),
      ...(namespaces.length > 0 && { namespaces }),
      ...(args.options.has('indeterminate') && { indeterminate: true }),
    },
  });
  return show([exemption], args, output);
}

async function list(args: Arguments, output: Output): Promise<number> {
  const [scope = ''] = args.positionals;
  const [org = '', name] = scope.split('/');
  if (name !== undefined) readPolicyName(scope);
  if (org === '') throw new UsageError('no organisation is given', 'pratique exempt list ORG');
  const query = {
    policy: name === undefined ? undefined : scope,
    ...Object.fromEntries(['state', 'expiring', 'unused'].map(option => [option, single(args, option)])),
  };
  const exemptions = await everyPage<Exemption>(
    serverOf(args),
    `/v1/orgs/${encodeURIComponent(org)}/exemptions`,
    query,
  );
  return show(exemptions, args, output);
}

async function revoke(args: Arguments, { out }: Output): Promise<number> {
  const [org, id] = args.positionals;
  if (org === undefined || id === undefined)
    throw new UsageError('an organisation and an id are needed', 'pratique exempt revoke ORG ID');
  const server: Server = serverOf(args);
  await server.ask(`/v1/orgs/${encodeURIComponent(org)}/exemptions/${encodeURIComponent(id)}`, {
    method: 'DELETE',
  });
  out(`${printable(id)}  revoked\n`);
  return 0;
}

function show(exemptions: readonly Exemption[], args: Arguments, { out }: Output): number {
  if (choice(args, 'format', formats) === 'json') out(`${JSON.stringify(exemptions, null, 2)}\n`);
  else
    out(
      tableOf(
        exemptions.map(({ id, state, policy, owner, rules, images, digests, expires_at }) => [
          ...[
            id,
            state,
            policy,
            rules.join(', '),
            [...images, ...digests].join(', '),
            owner,
            `until ${expires_at}`,
          ],
        ]),
      ),
    );
  return 0;
}

function needed(args: Arguments, name: string): string {
  const value = single(args, name);
  if (value !== undefined) return value;
  throw new UsageError(`--${name} is needed`, 'see pratique exempt --help');
}

/** A date is its first moment. */
function toTime(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00:00Z` : text;
}
