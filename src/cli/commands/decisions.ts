import type { Command, Output } from '../command.ts';
import { type Arguments, choice, positiveInteger, single } from '../options.ts';
import { everyPage } from '../server/pages.ts';
import { type Server, serverOf, serverOptions } from '../server/server.ts';
import { tableOf } from '../server/table.ts';
import { UsageError } from '../usage-error.ts';

const formats = ['text', 'json', 'ndjson', 'opa'] as const;

/** Decisions that are listed where no number is given. */
const USUAL = 50;

export const decisionsCommand: Command = {
  name: 'decisions',
  summary: 'Searches the decision log, or exports it.',
  usage: '[options] ORG [ID]',
  options: [
    { name: 'policy', value: 'ORG/NAME', help: 'by this policy' },
    { name: 'image', value: 'IMAGE', help: 'about this image: a reference, a repository or a digest' },
    { name: 'decision', value: 'DECISION', help: 'allow, deny or indeterminate' },
    { name: 'from', value: 'TIME', help: 'no earlier than this RFC 3339 time' },
    { name: 'to', value: 'TIME', help: 'no later than this' },
    { name: 'limit', value: 'N', help: `as many as this; ${USUAL} if not given, all of an export` },
    { name: 'format', short: 'f', value: 'FORMAT', help: `${formats.join(', ')}; text if not given` },
    ...serverOptions,
  ],
  notes: [
    'With ID, one decision is printed as JSON, with all that is kept of it. The formats ndjson and opa export whole',
    "records, a line each, opa as events of OPA's decision log.",
    '',
    'Exit code: 0 printed, 2 it could not be done.',
  ].join('\n'),
  run,
};

interface Decision {
  readonly id: string;
  readonly at: string;
  readonly decision: string;
  readonly door: string;
  readonly requester: string;
  readonly policy: readonly { readonly name: string; readonly version?: number }[];
}

async function run(args: Arguments, output: Output): Promise<number> {
  const [org, id, ...others] = args.positionals;
  if (org === undefined || others.length > 0)
    throw new UsageError('one organisation is needed', 'pratique decisions ORG');
  const server = serverOf(args);
  const path = `/v1/orgs/${encodeURIComponent(org)}/decisions`;
  const format = choice(args, 'format', formats);
  if (id !== undefined) {
    const decision = await server.read<unknown>(`${path}/${encodeURIComponent(id)}`);
    output.out(`${JSON.stringify(decision, null, 2)}\n`);
    return 0;
  }
  const names = ['policy', 'image', 'decision', 'from', 'to'];
  const query = Object.fromEntries(names.map(name => [name, single(args, name)]));
  const limit = positiveInteger(args, 'limit');
  if (format === 'ndjson' || format === 'opa')
    await exportLines(server, path, { ...query, format }, limit, output);
  else show(await everyPage<Decision>(server, path, query, limit ?? USUAL), format, output);
  return 0;
}

function show(decisions: readonly Decision[], format: 'text' | 'json', { out }: Output): void {
  if (format === 'json') out(`${JSON.stringify(decisions, null, 2)}\n`);
  else
    out(
      tableOf(
        decisions.map(({ id, at, decision, door, requester, policy }) => [
          ...[at, decision, policy.map(nameOf).join(', '), door, requester, id],
        ]),
      ),
    );
}

function nameOf({ name, version }: Decision['policy'][number]): string {
  return version === undefined ? name : `${name}@${version}`;
}

/** Page by page, as the `link` of each answer leads on. */
async function exportLines(
  server: Server,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  most = Number.POSITIVE_INFINITY,
  { out }: Output,
): Promise<void> {
  let [left, after]: [number, string | undefined] = [most, undefined];
  while (left > 0) {
    const limit = String(Math.min(left, 200));
    const response = await server.ask(path, { query: { ...query, limit, after } });
    const text = await response.text();
    out(text);
    left -= text.split('\n').length - 1;
    const next = /<([^>]+)>; rel="next"/u.exec(response.headers.get('link') ?? '')?.[1];
    after =
      next === undefined ? undefined : (new URL(next, server.origin).searchParams.get('after') ?? undefined);
    if (after === undefined) return;
  }
}
