import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importPKCS8 } from 'jose';
import { dump } from 'js-yaml';
import { limits } from '../../base/index.ts';
import { type ExportedTemplate, exportTemplate } from '../../bundles/gatekeeper/export/index.ts';
import { hiddenRules, type PolicySource } from '../../bundles/index.ts';
import {
  ArchiveError,
  buildBundle,
  type ExportedPolicy,
  exportPolicy,
  type SigningKey,
  signatureAlgorithms,
} from '../../bundles/opa/index.ts';
import { checkPolicy, planPolicy } from '../../language/index.ts';
import { stringify } from '../../values/index.ts';
import { rulesVersion, versionOptions } from '../checking.ts';
import type { Command, Output } from '../command.ts';
import { complain } from '../diagnostics.ts';
import { readDirectory, readText } from '../files.ts';
import { type Arguments, choice, type Option, single } from '../options.ts';
import { readPolicyNamed } from '../policies.ts';
import { UsageError } from '../usage-error.ts';

const targets = ['rego', 'bundle', 'gatekeeper'] as const;

type Target = (typeof targets)[number];

const options: readonly Option[] = [
  { name: 'target', short: 't', value: 'TARGET', help: `${targets.join(', ')}; rego if not given` },
  {
    name: 'output',
    short: 'o',
    value: 'PATH',
    help: 'directory of the Rego or the objects, or file of the bundle',
  },
  { name: 'data', short: 'd', value: 'FILE', help: 'JSON or YAML that goes along as data; repeatable' },
  { name: 'provider', value: 'NAME', help: 'Provider that Gatekeeper asks where evidence is needed' },
  { name: 'revision', value: 'TEXT', help: 'revision of the bundle; the digest of the policy if not given' },
  { name: 'signing-key', value: 'FILE', help: 'private key (PKCS #8, PEM) that signs the bundle' },
  {
    name: 'signing-key-id',
    value: 'ID',
    help: 'how the key is called in the signature; default if not given',
  },
  { name: 'signing-alg', value: 'ALG', help: `${signatureAlgorithms.join(', ')}; ES256 if not given` },
  ...versionOptions,
];

export const buildCommand: Command = {
  name: 'build',
  summary: 'Exports a policy as Rego or as a bundle for OPA, or as a template for Gatekeeper.',
  usage: '--target rego|bundle|gatekeeper --output PATH [options] FILE|DIR|NAME',
  options,
  notes: [
    'Statements become the rules that they stand for, and plain Rego goes along for what OPA has no functions for.',
    'Ask OPA for data.pratique.verdict; its input may be what pratique eval --print-input prints, an object of',
    'Kubernetes, an AdmissionReview, or {"images": ["nginx"]}. A statement that asks for evidence (signature,',
    'attestation, scan, sbom, base) cannot be exported, and no policy is that holds one; for Gatekeeper it can, where',
    '--provider says who answers for it. The ConstraintTemplate and its Constraint are template.yaml and constraint.yaml.',
    '',
    'Exit code: 0 written, 1 the policy has errors or cannot be exported, 2 nothing could be read or written.',
  ].join('\n'),
  run,
};

async function run(args: Arguments, output: Output): Promise<number> {
  const target = choice(args, 'target', targets);
  const path = single(args, 'output');
  const [name, ...others] = args.positionals;
  if (name === undefined || others.length > 0)
    throw new UsageError('one policy is needed', 'name a file, a directory or a policy of the library');
  if (path === undefined) throw new UsageError('--output PATH is needed');
  const provider = single(args, 'provider');
  if (provider !== undefined && target !== 'gatekeeper')
    throw new UsageError('--provider is for Gatekeeper', 'add --target gatekeeper');
  const key = await readSigningKey(args, target);
  const source = readSource(name, args, output);
  if (source === undefined) return 1;
  if (target === 'gatekeeper') return buildTemplate(path, source, provider, output);
  const { policy, diagnostics } = exportPolicy(source, readOpaLibrary());
  if (complain(diagnostics, output) || policy === undefined) return 1;
  if (target === 'rego') writeModules(path, policy, source);
  else
    await writeBundle(path, policy, source, { revision: single(args, 'revision') ?? source.digest, ...key });
  return 0;
}

function buildTemplate(
  directory: string,
  source: PolicySource,
  provider: string | undefined,
  output: Output,
): number {
  const options = provider === undefined ? {} : { provider };
  const { exported, diagnostics } = exportTemplate(source, readOpaLibrary(), options);
  if (complain(diagnostics, output) || exported === undefined) return 1;
  checkEmpty(directory, 'kubectl');
  for (const name of ['template', 'constraint'] as const satisfies readonly (keyof ExportedTemplate)[])
    writeInside(directory, `${name}.yaml`, dump(exported[name], { lineWidth: -1, noRefs: true }));
  return 0;
}

/** Undefined where the policy has errors, which have been said. */
function readSource(name: string, args: Arguments, output: Output): PolicySource | undefined {
  const data = args.options.get('data') ?? [];
  const { policy, problems } = readPolicyNamed(name, { data, ...rulesVersion(args) });
  if (complain(problems, output) || policy === undefined) return undefined;
  const { checked } = checkPolicy(policy.files);
  const hidden = checked === undefined ? [] : hiddenRules(checked, planPolicy(checked), policy.data);
  return complain(hidden, output) ? undefined : policy;
}

/** What is there already would be loaded with it. */
function checkEmpty(directory: string, reader: string): void {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new UsageError(
      `${directory} is not empty`,
      `${reader} would load what else is there: name a new directory`,
    );
}

function writeModules(directory: string, { modules }: ExportedPolicy, { data }: PolicySource): void {
  checkEmpty(directory, 'OPA');
  const older = modules.find(({ version }) => version === 'v0');
  if (older !== undefined)
    throw new UsageError(
      `${older.path} is Rego v0, beside v1`,
      'a bundle says which is which: --target bundle',
    );
  for (const { path, text } of modules) writeInside(directory, path, text);
  if (data.size > 0) writeInside(directory, 'data.json', `${stringify(data)}\n`);
}

function writeInside(directory: string, path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function writeBundle(
  path: string,
  policy: ExportedPolicy,
  { data }: PolicySource,
  settings: { readonly revision: string; readonly key?: SigningKey },
): Promise<void> {
  try {
    writeFileSync(path, await buildBundle(policy, data, settings));
  } catch (error) {
    if (error instanceof ArchiveError) throw new UsageError(error.message);
    throw error;
  }
}

async function readSigningKey(args: Arguments, target: Target): Promise<{ readonly key?: SigningKey }> {
  const path = single(args, 'signing-key');
  if (path === undefined) return {};
  if (target !== 'bundle') throw new UsageError('--signing-key is for a bundle', 'add --target bundle');
  const algorithm = choice(args, 'signing-alg', signatureAlgorithms);
  const id = single(args, 'signing-key-id') ?? 'default';
  try {
    const privateKey = await importPKCS8(readText(path, limits.policyBytes), algorithm);
    return { key: { id, algorithm, privateKey } };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is no private key for ${algorithm}`, 'expected PKCS #8 in PEM');
  }
}

/** The Rego that goes along with exported policies, beside these sources. */
function readOpaLibrary() {
  return readDirectory(
    join(import.meta.dirname, '../../../opa'),
    path => path.endsWith('.rego'),
    limits.policyBytes,
  );
}
