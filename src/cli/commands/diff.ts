import { printable, visible } from '../../base/index.ts';
import { clearKind, kindOfName, readSubmission, type SubmittedFile } from '../../manifests/index.ts';
import type { Command, Output } from '../command.ts';
import { readInput } from '../evaluating/inputs.ts';
import { type Arguments, choice } from '../options.ts';
import { policyPath, readPolicyName } from '../server/policy-name.ts';
import { serverOf, serverOptions } from '../server/server.ts';
import { tableOf } from '../server/table.ts';
import { UsageError } from '../usage-error.ts';

const formats = ['text', 'json'] as const;

export const diffCommand: Command = {
  name: 'diff',
  summary: 'Shows what differs between two versions of a policy.',
  usage: '[options] ORG/NAME FROM TO [INPUT...]',
  options: [
    { name: 'format', short: 'f', value: 'FORMAT', help: `${formats.join(', ')}; text if not given` },
    ...serverOptions,
  ],
  notes: [
    'FROM and TO are versions, digests or channels. Their files are compared, their rules by what they mean, and where',
    'INPUT is given (manifests, a compose file, a Dockerfile, a list of images) what both decide of it.',
    '',
    'Exit code: 0 nothing differs, 1 something does, 2 it could not be done.',
  ].join('\n'),
  run,
};

type Change = 'added' | 'removed' | 'changed';

interface Diff {
  readonly policy: string;
  readonly from: number;
  readonly to: number;
  readonly files: readonly { readonly path: string; readonly change: Change; readonly diff: string }[];
  readonly rules: readonly { readonly rule: string; readonly change: Change; readonly decides: boolean }[];
  readonly verdicts?: {
    readonly from: { readonly decision: string };
    readonly to: { readonly decision: string };
    readonly changed: readonly { readonly ref: string; readonly from: string; readonly to: string }[];
  };
}

async function run(args: Arguments, output: Output): Promise<number> {
  const [name, from, to, ...inputs] = args.positionals;
  const policy = readPolicyName(name);
  if (from === undefined || to === undefined)
    throw new UsageError('two versions are needed', 'pratique diff ORG/NAME FROM TO');
  const format = choice(args, 'format', formats);
  const files = inputs.flatMap(path => readInput(path, output));
  const diff = await serverOf(args).read<Diff>(`${policyPath(policy)}/diff`, {
    query: { from, to },
    ...(files.length > 0 && { method: 'POST', json: submissionOf(files) }),
  });
  output.out(format === 'json' ? `${JSON.stringify(diff, null, 2)}\n` : textOf(diff, output));
  const isSame =
    diff.files.length === 0 && diff.rules.length === 0 && (diff.verdicts?.changed ?? []).length === 0;
  return isSame ? 0 : 1;
}

/** The service takes one of each kind, and manifests as one text of documents. */
function submissionOf(files: readonly SubmittedFile[]) {
  const byKind = Map.groupBy(files, ({ name, text }) => kindOfName(name) ?? clearKind(text) ?? 'manifest');
  const manifests = byKind.get('manifest') ?? [];
  const [compose, dockerfile] = [one(byKind.get('compose')), one(byKind.get('dockerfile'))];
  const lists = readSubmission({ files: byKind.get('list') ?? [] });
  return {
    ...(lists.images.length > 0 && { images: lists.images.map(({ ref }) => ref) }),
    ...(manifests.length > 0 && { manifests: manifests.map(({ text }) => text).join('\n---\n') }),
    ...(compose && { compose: compose.text }),
    ...(dockerfile && { dockerfile: dockerfile.text }),
  };
}

function one(files: readonly SubmittedFile[] = []): SubmittedFile | undefined {
  if (files.length <= 1) return files[0];
  throw new UsageError(
    `${files[0]!.name} and ${files[1]!.name} cannot be asked about at once`,
    'name one of them',
  );
}

function textOf({ policy, from, to, files, rules, verdicts }: Diff, { paintOut }: Output): string {
  const decided = verdicts && [
    `decided: ${verdicts.from.decision} → ${verdicts.to.decision}\n`,
    tableOf(verdicts.changed.map(each => [`  ${each.ref}`, each.from, '→', each.to])),
  ];
  return [
    `${paintOut('strong', printable(`${policy}: ${from} → ${to}`))}\n`,
    tableOf(
      rules.map(({ rule, change, decides }) => [
        `  ${change}`,
        rule,
        decides ? '' : 'decides nothing itself',
      ]),
    ),
    ...files.map(({ diff }) => `\n${visible(diff)}`),
    ...(decided === undefined ? [] : ['\n', ...decided]),
  ].join('');
}
