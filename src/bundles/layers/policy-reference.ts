/** Which version of a policy is meant. */
export interface Selector {
  readonly kind: 'channel' | 'version' | 'digest';
  /** `stable`, `7`, `sha256:…`. */
  readonly value: string;
}

/** A policy of an organisation; without a selector the channel `stable`, or what a subscription says. */
export interface PolicyReference {
  readonly org: string;
  readonly name: string;
  readonly selector?: Selector;
}

export const DEFAULT_CHANNEL = 'stable';

/** Of organisations, policies and channels. */
export const namePattern = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u;

/** Whether an organisation, a policy or a channel may have this name; a channel also not digits alone. */
export function isName(text: string): boolean {
  return namePattern.test(text);
}

export function isChannelName(text: string): boolean {
  return isName(text) && !/^\d+$/u.test(text);
}

/** The reference that `org/name` or `org/name@selector` writes; undefined where a text is none. */
export function parsePolicyReference(text: string): PolicyReference | undefined {
  const at = text.indexOf('@');
  const [org = '', name = '', ...more] = (at === -1 ? text : text.slice(0, at)).split('/');
  if (more.length > 0 || !isName(org) || !isName(name)) return undefined;
  if (at === -1) return { org, name };
  const selector = parseSelector(text.slice(at + 1));
  return selector && { org, name, selector };
}

/** Digits are a version, `sha256:…` is a digest, any other name a channel; undefined where a text is none. */
export function parseSelector(text: string): Selector | undefined {
  if (/^[1-9]\d{0,8}$/u.test(text)) return { kind: 'version', value: text };
  if (/^sha256:[0-9a-f]{64}$/u.test(text)) return { kind: 'digest', value: text };
  return isChannelName(text) ? { kind: 'channel', value: text } : undefined;
}

export function writePolicyReference({ org, name, selector }: PolicyReference): string {
  return selector === undefined ? `${org}/${name}` : `${org}/${name}@${selector.value}`;
}
