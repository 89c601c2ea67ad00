import { expandBraces } from './braces.ts';
import { parseDigest } from './digest.ts';
import { matchesGlob, one, type Step, star } from './glob.ts';
import { InvalidReference } from './invalid-reference.ts';
import { defaultDomain } from './normalize.ts';
import { isDomain, isPathComponent, isTag } from './reference.ts';
import { canonicalRegistry, HTTPS, plainRegistry } from './registry-host.ts';

/** One choice of a pattern in its full form. In each text `*` and `?` are wildcards, DEEP is `**`. */
export interface PatternForm {
  /** `docker.io/library/nginx`. */
  readonly name: string;
  /** Absent where any tag will do. */
  readonly tag?: string;
  readonly digest?: string;
}

/** Stands for `**` once the text is read, so that two `*` that come together by a choice stay two; no pattern holds one. */
export const DEEP = '#';

/** Characters of one pattern. */
const PATTERN_LENGTH = 1_024;

const CHARACTERS = /^[A-Za-z0-9._\-/:@*?{},+[\]]+$/;
const WILDCARD = /[*?#]/;
const REGISTRY_GLOB = /^[a-z0-9.*?-]+$/;
const PORT_GLOB = /^[0-9*?]+$/;
const COMPONENT_GLOB = /^[a-z0-9._\-*?#]+$/;
const TAG_GLOB = /^[A-Za-z0-9_.\-*?]+$/;
const DIGEST_GLOB = /^[a-z0-9+._:\-*?]+$/;

/** Why a pattern is none; thrown and caught within this file. */
class Problem {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The choices of a repository pattern, each normalised as a reference is; or what is wrong with it. */
export function parsePattern(text: string): readonly PatternForm[] | { readonly problem: string } {
  return attempt(() => alternatives(text).map(toForm).flatMap(withDefaultPort));
}

/** The choices of a tag pattern, or what is wrong with it. */
export function parseTagGlob(text: string): readonly string[] | { readonly problem: string } {
  return attempt(() => alternatives(text).map(toTag));
}

function attempt<T>(parse: () => T): T | { readonly problem: string } {
  try {
    return parse();
  } catch (problem) {
    if (problem instanceof Problem) return { problem: problem.message };
    throw problem;
  }
}

function alternatives(text: string): readonly string[] {
  if (text === '') throw new Problem('a pattern must not be empty');
  if (text.length > PATTERN_LENGTH) throw new Problem(`a pattern has at most ${PATTERN_LENGTH} characters`);
  if (text.includes('://')) throw new Problem('a pattern has no scheme such as https://');
  if (!CHARACTERS.test(text)) throw new Problem('a pattern has only characters of references and * ? { , }');
  const expanded = expandBraces(text.replace(/\*{2,}/g, DEEP));
  if (expanded === undefined)
    throw new Problem('the braces of the pattern do not pair, or stand for more than 1000 texts');
  return expanded;
}

function toForm(text: string): PatternForm {
  const at = text.indexOf('@');
  const digest = at === -1 ? undefined : toDigest(text.slice(at + 1));
  const named = at === -1 ? text : text.slice(0, at);
  const slash = named.indexOf('/');
  const form = slash === -1 ? formOfOne(named) : formOfPath(named, slash);
  return { ...form, ...(digest !== undefined && { digest }) };
}

/** A single component: a registry with all below it, or an official repository of the default registry. */
function formOfOne(text: string): PatternForm {
  const colon = text.indexOf(':');
  const head = colon === -1 ? text : text.slice(0, colon);
  if (head === 'localhost' || head.includes('.') || head.startsWith('['))
    return { name: `${toRegistry(text)}/${DEEP}` };
  const tag = colon === -1 ? {} : { tag: toTag(text.slice(colon + 1)) };
  return head === DEEP ? { name: DEEP, ...tag } : { name: fullName(head), ...tag };
}

function formOfPath(text: string, slash: number): PatternForm {
  const colon = text.indexOf(':', text.lastIndexOf('/'));
  const name = colon === -1 ? text : text.slice(0, colon);
  const tag = colon === -1 ? {} : { tag: toTag(text.slice(colon + 1)) };
  const whole = colon === -1 && name.endsWith('/') ? name + DEEP : name;
  return { name: fullName(whole.slice(0, slash), whole.slice(slash + 1)), ...tag };
}

/** The name in its full form, of its first component and what follows it. */
function fullName(first: string, rest?: string): string {
  if (first === '*')
    throw new Problem(
      '"*" as first component may mean a registry or a namespace: write "**" for any registry, "docker.io/*" for the default one',
    );
  if (first === DEEP) return `${DEEP}/${toPath(rest ?? '')}`;
  const isRegistry =
    rest !== undefined && (first === 'localhost' || first.includes('.') || first.includes(':'));
  const registry = isRegistry ? toRegistry(first) : defaultDomain;
  const path = toPath(isRegistry ? rest : rest === undefined ? first : `${first}/${rest}`);
  const official = registry === defaultDomain && !path.includes('/') && !path.startsWith(DEEP);
  return `${registry}/${official ? 'library/' : ''}${path}`;
}

/** In lower case: hosts are the same in either. */
function toRegistry(text: string): string {
  const registry = text.toLowerCase();
  if (!WILDCARD.test(registry)) {
    if (!isDomain(registry)) throw new Problem(`"${text}" is no registry`);
    return canonicalRegistry(registry);
  }
  if (registry.includes(DEEP)) throw new Problem('"**" in a registry must be the whole of it');
  const [host = '', port, ...more] = registry.split(':');
  const valid = REGISTRY_GLOB.test(host) && (port === undefined || PORT_GLOB.test(port)) && more.length === 0;
  if (!valid) throw new Problem(`"${text}" is no registry`);
  return plainRegistry(registry);
}

/** Where a glob stands for the port of HTTPS among others, the form for registries without a port beside it. */
function withDefaultPort(form: PatternForm): readonly PatternForm[] {
  const slash = form.name.indexOf('/');
  const registry = form.name.slice(0, Math.max(slash, 0));
  const colon = registry.startsWith('[') ? -1 : registry.indexOf(':');
  const port = registry.slice(colon + 1);
  if (colon === -1 || !WILDCARD.test(port) || !matchesGlob(portSteps(port), HTTPS)) return [form];
  return [form, { ...form, name: registry.slice(0, colon) + form.name.slice(slash) }];
}

function portSteps(port: string): readonly Step[] {
  return Array.from(port, character => (character === '*' ? star : character === '?' ? one : character));
}

function toPath(text: string): string {
  for (const component of text.split('/')) {
    if (component === '') throw new Problem('a component of the pattern is empty');
    if (/[A-Z]/.test(component)) throw new Problem('the repository of a pattern must be lowercase');
    const form = WILDCARD.test(component) ? COMPONENT_GLOB.test(component) : isPathComponent(component);
    if (!form) throw new Problem(`"${readable(component)}" is no component of a repository`);
  }
  return text;
}

function toTag(text: string): string {
  const tag = text.replaceAll(DEEP, '*');
  if (WILDCARD.test(tag) ? TAG_GLOB.test(tag) : isTag(tag)) return tag;
  throw new Problem(`"${tag}" is no tag`);
}

function toDigest(text: string): string {
  const digest = text.replaceAll(DEEP, '*');
  const valid = WILDCARD.test(digest)
    ? DIGEST_GLOB.test(digest)
    : !(parseDigest(digest) instanceof InvalidReference);
  if (!valid) throw new Problem(`"${digest}" is no digest`);
  return digest;
}

function readable(text: string): string {
  return text.replaceAll(DEEP, '**');
}
