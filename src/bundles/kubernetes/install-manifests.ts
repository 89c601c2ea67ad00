import { dump } from 'js-yaml';
import type { Json } from '../../values/index.ts';
import { gatekeeperObjects } from './gatekeeper-objects.ts';
import { CA_PLACE, type Installation, TOKEN_PLACE } from './installation.ts';
import { webhookObjects } from './webhook-objects.ts';

/** By whom the service is asked: Gatekeeper, the API server itself, or both. */
export const installTargets = ['all', 'gatekeeper', 'webhook'] as const;

export type InstallTarget = (typeof installTargets)[number];

/** The manifests to be applied to a cluster, as YAML; comments on top say what is left to be filled in. */
export function installManifests(installation: Installation, target: InstallTarget = 'all'): string {
  const objects = [
    ...(target === 'webhook' ? [] : gatekeeperObjects(installation)),
    ...(target === 'gatekeeper' ? [] : webhookObjects(installation)),
  ];
  return [heading(installation), ...objects.map(document)].join('---\n');
}

function document(object: Json): string {
  return dump(object, { lineWidth: -1, noRefs: true });
}

function heading({ org, policy, token, caBundle }: Installation): string {
  const open = [
    ...(token === TOKEN_PLACE
      ? [
          `Put an access token with the role evaluate in place of ${TOKEN_PLACE}; treat this file as a secret then.`,
        ]
      : ['This file holds an access token: treat it as a secret.']),
    ...(caBundle === CA_PLACE
      ? [
          `Put the root certificates of the service, PEM in base64, in place of ${CA_PLACE}: Gatekeeper trusts no others.`,
        ]
      : []),
  ];
  const lines = [
    `What ${org}/${policy} needs in a cluster. docs/kubernetes.md explains each object.`,
    ...open,
  ];
  return lines.map(line => `# ${line}\n`).join('');
}
