import type { ClaimConditions } from '../../store/index.ts';

const github = 'https://token.actions.githubusercontent.com';
const gitlab = 'https://gitlab.com';

/** Issuers by a short name. */
const presets: ReadonlyMap<string, string> = new Map([
  ['github', github],
  ['gitlab', gitlab],
]);

/**
 * Issuers that sign for everybody, and what of their claims says whose job it is: the text that a glob must
 * begin with, so that it is somebody's, or the whole claim.
 */
const openIssuers: ReadonlyMap<string, Readonly<Record<string, RegExp>>> = new Map([
  [
    github,
    {
      repository: /^[\w.-]+\//u,
      repository_owner: /^[\w.-]+$/u,
      repository_id: /^\d+$/u,
      repository_owner_id: /^\d+$/u,
      sub: /^repo:[\w.-]+\//u,
    },
  ],
  [
    gitlab,
    {
      project_path: /^[\w.-]+\//u,
      namespace_path: /^[\w.-]+(?:$|\/)/u,
      project_id: /^\d+$/u,
      namespace_id: /^\d+$/u,
      sub: /^project_path:[\w.-]+\//u,
    },
  ],
]);

/** Claims that say nothing of who it is. */
const general: ReadonlySet<string> = new Set(['iss', 'aud', 'exp', 'nbf', 'iat', 'jti', 'typ', 'azp']);

/** The issuer as `iss` has it; undefined where the text is neither a preset nor a URL that an issuer may have. */
export function issuerOf(text: string): string | undefined {
  const preset = presets.get(text);
  if (preset !== undefined) return preset;
  const url = URL.parse(text);
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain && !/[?#\s]/u.test(text) ? text : undefined;
}

/**
 * Why conditions would let in strangers; undefined where they do not. At least one claim must say whose job it
 * is: exactly, or by a glob that begins with an owner and a `/`, since anyone can have a job at a public issuer.
 */
export function tooOpen(issuer: string, claims: ClaimConditions): string | undefined {
  const anchors = openIssuers.get(issuer);
  const anchored = Object.entries(claims).some(([claim, globs]) => {
    if (general.has(claim)) return false;
    if (anchors === undefined) return [globs].flat().every(isExact);
    return Object.hasOwn(anchors, claim) && [globs].flat().every(glob => isAnchored(glob, anchors[claim]!));
  });
  if (anchored) return undefined;
  return anchors === undefined
    ? 'one claim besides the issuer and the audience must be named exactly, or up to a "/" or ":"'
    : `one of ${Object.keys(anchors).join(', ')} must name an owner: "acme/*", not "*/*" or "acme*"`;
}

/** Whether what stands before the first wildcard names an owner, and not the beginning of its name alone. */
function isAnchored(glob: string, anchor: RegExp): boolean {
  const [literal = ''] = glob.split(/[*?]/u);
  return anchor.test(literal) && (literal === glob || literal.includes('/'));
}

/** Whether a glob has no wildcard, or none before a separator. */
function isExact(glob: string): boolean {
  const [literal = ''] = glob.split(/[*?]/u);
  return /[\p{L}\d]/u.test(literal) && (literal === glob || /[/:]$/u.test(literal));
}
