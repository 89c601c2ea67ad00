import { isObject, type Value } from '../../values/index.ts';
import { refuse } from '../look-up-error.ts';
import { manifestFields, refuseOtherCase } from './known-fields.ts';

/** What an image runs on, in the spelling of Go, to which containerd brings all others; empty is not said. */
export interface Platform {
  /** As it is written: `os/architecture` or `os/architecture/variant`. */
  readonly name: string;
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
  /** Whether it is written so that all runtimes read it alike, and asks for nothing more. */
  readonly plain: boolean;
}

/** How an image may come to run on a platform: `fallback` only where nothing else there does. */
export type Fit = 'same' | 'fallback' | 'other';

const systems: ReadonlyMap<string, string> = new Map([['macos', 'darwin']]);

/** Other names of an architecture, with the variant that the name means. */
const architectures: ReadonlyMap<string, readonly [architecture: string, variant?: string]> = new Map([
  ['x86_64', ['amd64']],
  ['x86-64', ['amd64']],
  ['aarch64', ['arm64']],
  ['i386', ['386']],
  ['i486', ['386']],
  ['i586', ['386']],
  ['i686', ['386']],
  ['armhf', ['arm', 'v7']],
  ['armel', ['arm', 'v6']],
]);

/** The variant that is meant where none is said. */
const usualVariants: ReadonlyMap<string, string> = new Map([
  ['amd64', 'v1'],
  ['arm64', 'v8'],
  ['arm', 'v7'],
]);

/** What containerd takes in place of an architecture. */
const fallbacks: ReadonlyMap<string, string> = new Map([
  ['amd64', '386'],
  ['arm64', 'arm'],
]);

/** Each runs those before it. */
const armVariants = ['v5', 'v6', 'v7', 'v8'];

const plainFields: ReadonlySet<Value> = new Set(['os', 'architecture', 'variant']);

/** The platform that a text such as `linux/arm64` names. */
export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant = ''] = text.split('/');
  return toPlatform(os, architecture, variant, true);
}

/** That of a descriptor; undefined where it has none. Throws a LookUpError where it is malformed. */
export function readPlatform(value: Value | undefined): Platform | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) return refuse('the manifest has a platform that is no object');
  refuseOtherCase(value, manifestFields, 'the manifest');
  const part = (key: string): string => {
    const text = value.get(key) ?? '';
    return typeof text === 'string' ? text : refuse(`the manifest has a platform whose ${key} is no text`);
  };
  const alone = [...value.keys()].every(key => plainFields.has(key));
  return toPlatform(part('os'), part('architecture'), part('variant'), alone);
}

/** What can run nowhere: BuildKit puts its attestations beside images, for such a platform. */
export function isNowhere(platform: Platform | undefined): boolean {
  return platform?.os === 'unknown' && platform.architecture === 'unknown';
}

/** What is not said, or not known, counts as the wanted: it may be what a runtime takes. */
export function fitOf(platform: Platform | undefined, wanted: Platform): Fit {
  if (platform === undefined) return 'same';
  const { os, architecture, variant } = platform;
  if (os !== '' && os !== wanted.os) return 'other';
  if (architecture === '') return 'same';
  if (architecture === fallbacks.get(wanted.architecture)) return 'fallback';
  if (architecture !== wanted.architecture) return 'other';
  return architecture === 'arm' ? fitOfArm(variant, wanted.variant) : 'same';
}

/** Whether every runtime takes it for the wanted platform, before all that is only a fallback. */
export function isSure(platform: Platform | undefined, wanted: Platform): boolean {
  return (
    platform?.plain === true &&
    platform.os === wanted.os &&
    platform.architecture === wanted.architecture &&
    platform.variant === wanted.variant
  );
}

function fitOfArm(variant: string, wanted: string): Fit {
  const [given, most] = [armVariants.indexOf(variant), armVariants.indexOf(wanted)];
  if (given === -1 || most === -1 || given === most) return 'same';
  return given < most ? 'fallback' : 'other';
}

function toPlatform(os: string, architecture: string, variant: string, alone: boolean): Platform {
  const lowerOs = lower(os);
  const system = systems.get(lowerOs) ?? lowerOs;
  const [normal, meant] = architectures.get(lower(architecture)) ?? [lower(architecture)];
  const said = meant ?? lower(variant).replace(/^(?=[0-9])/u, 'v');
  const whole = said === '' ? (usualVariants.get(normal) ?? '') : said;
  // Where no variant is said of arm, some runtimes take a lower one that is said before it.
  const sameVariant = variant === whole || (variant === '' && normal !== 'arm');
  return {
    name: [os, architecture, variant].filter(part => part !== '').join('/'),
    os: system,
    architecture: normal,
    variant: whole,
    plain: alone && os === system && architecture === normal && sameVariant,
  };
}

/** As Go has it, to which the dotted capital I is an `i`. */
function lower(text: string): string {
  return text.replaceAll('\u0130', 'i').toLowerCase();
}
