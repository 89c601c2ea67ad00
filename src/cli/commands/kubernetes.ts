import { limits } from '../../base/index.ts';
import { parsePolicyReference } from '../../bundles/index.ts';
import {
  CA_PLACE,
  type Installation,
  installManifests,
  installTargets,
  TOKEN_PLACE,
} from '../../bundles/kubernetes/index.ts';
import type { Command } from '../command.ts';
import { readText } from '../files.ts';
import { type Arguments, choice, type Option, single } from '../options.ts';
import { UsageError } from '../usage-error.ts';

const options: readonly Option[] = [
  { name: 'server', value: 'URL', help: 'where the service answers the cluster, https' },
  { name: 'target', short: 't', value: 'TARGET', help: `${installTargets.join(', ')}; all if not given` },
  { name: 'ca-bundle', value: 'FILE', help: 'roots of the service, PEM: Gatekeeper trusts no others' },
  {
    name: 'token-file',
    value: 'FILE',
    help: 'access token with the role evaluate, to stand in the addresses',
  },
  { name: 'exempt-namespace', value: 'NAME', help: 'left out, beside those of the system; repeatable' },
];

export const kubernetesCommand: Command = {
  name: 'kubernetes',
  summary: 'Prints what a policy of an organisation needs in a cluster.',
  usage: 'install --server URL [options] ORG/POLICY[@CHANNEL]',
  options,
  notes: [
    'Provider, ConstraintTemplate and Constraint for Gatekeeper, and the webhooks of the API server, as manifests for',
    'kubectl apply. Without --token-file or --ca-bundle the manifests say what is to be put in their place.',
    '',
    'Exit code: 0 printed, 2 wrong usage.',
  ].join('\n'),
  async run(args, { out }) {
    out(installManifests(readInstallation(args), choice(args, 'target', installTargets)));
    return 0;
  },
};

function readInstallation(args: Arguments): Installation {
  const [action, name, ...others] = args.positionals;
  if (action !== 'install')
    throw new UsageError('say what is to be done: pratique kubernetes install', 'there is install');
  if (name === undefined || others.length > 0) throw new UsageError('one policy is needed: ORG/POLICY');
  if (parsePolicyReference(name) === undefined)
    throw new UsageError(
      `${JSON.stringify(name)} is no policy of an organisation`,
      'as in acme/production@stable',
    );
  const [org, policy] = name.split('/') as [string, string];
  return {
    ...{ server: serverOf(args), org, policy },
    token: fileOf(args, 'token-file')?.trim() ?? TOKEN_PLACE,
    caBundle: fileOf(args, 'ca-bundle') ?? CA_PLACE,
    exemptNamespaces: args.options.get('exempt-namespace') ?? [],
  };
}

/** A cluster asks over https and no other way. */
function serverOf(args: Arguments): string {
  const given = single(args, 'server');
  if (given === undefined) throw new UsageError('--server URL is needed');
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new UsageError(`${given} is no address that a cluster can ask`, 'as in https://pratique.acme.io');
  return url.href.replace(/\/$/u, '');
}

function fileOf(args: Arguments, option: string): string | undefined {
  const path = single(args, option);
  return path === undefined ? undefined : readText(path, limits.policyBytes);
}
