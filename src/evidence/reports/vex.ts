import { given } from './optional.ts';
import type { ScanReport, SuppressedVulnerability, Suppression, Vex, VexStatement } from './report.ts';
import { ProductMatcher, type VexContext } from './vex-match.ts';
import { namesOf, toName } from './vulnerability-names.ts';

/** Products of statements that are held against vulnerabilities of one report; then no more is suppressed. */
const COMPARISONS = 1_000_000;

/** How far the clock of another may be ahead. */
export const CLOCK_SKEW = 300_000_000_000n;

/** A statement with the document it stands in. */
interface Said {
  readonly statement: VexStatement;
  readonly vex: Vex;
}

/** A report after VEX, and the documents that suppress something of it. */
export interface Applied {
  readonly report: ScanReport;
  readonly used: ReadonlySet<Vex>;
}

/**
 * The report with those vulnerabilities moved to `suppressed` that VEX says are not affected, with a justification or
 * a reason, or fixed. Of all that is said of a vulnerability in the image the latest counts, and where two are of
 * one time the graver; a statement of an earlier version of a document, of another product, or of the future never
 * suppresses. `affected` without a time outweighs all.
 */
export function applyVex(
  report: ScanReport,
  documents: readonly Vex[],
  context: VexContext,
  now: bigint,
): Applied {
  const used = new Set<Vex>();
  const said = byVulnerability(latestVersions(documents));
  if (said.size === 0) return { report, used };
  const matcher = new ProductMatcher(context);
  let left = COMPARISONS;
  const suppressed: SuppressedVulnerability[] = [];
  const vulnerabilities = report.vulnerabilities.filter(vulnerability => {
    const about = namesOf(vulnerability).flatMap(name => said.get(name) ?? []);
    left -= about.reduce((sum, { work }) => sum + work, 0);
    if (left < 0) return true;
    const decisive = [...new Set(about.flatMap(({ all }) => all))]
      .filter(({ statement }) => statement.products.some(product => matcher.covers(product, vulnerability)))
      .filter(({ statement }) => !isHarmless(statement) || isPast(statement, now))
      .reduce<Said | undefined>(weightier, undefined);
    if (decisive === undefined || !isHarmless(decisive.statement)) return true;
    used.add(decisive.vex);
    suppressed.push({ ...vulnerability, suppression: suppressionOf(decisive) });
    return false;
  });
  if (suppressed.length === 0) return { report, used };
  return { report: { ...report, vulnerabilities, suppressed: [...report.suppressed, ...suppressed] }, used };
}

/** Without those that a later version of the same document takes the place of. */
function latestVersions(documents: readonly Vex[]): readonly Vex[] {
  const latest = new Map<string, number>();
  for (const { id, version } of documents)
    if (id !== undefined) latest.set(id, Math.max(version, latest.get(id) ?? version));
  return documents.filter(({ id, version }) => id === undefined || latest.get(id) === version);
}

/** What is said of one vulnerability, and how much there is to compare. */
interface About {
  readonly all: Said[];
  work: number;
}

function byVulnerability(documents: readonly Vex[]): ReadonlyMap<string, About> {
  const said = new Map<string, About>();
  for (const vex of documents)
    for (const statement of vex.statements) {
      const work = workOf(statement);
      for (const id of new Set(statement.ids.map(toName))) {
        const about = said.get(id) ?? { all: [], work: 0 };
        about.all.push({ statement, vex });
        about.work += work;
        said.set(id, about);
      }
    }
  return said;
}

function workOf({ products }: VexStatement): number {
  const sizes = products.flatMap(product => [product, ...product.parts]);
  return sizes.reduce((sum, { purls, digests }) => sum + 1 + purls.length + digests.length, 1);
}

function isHarmless({ status, justification, reason }: VexStatement): boolean {
  return status === 'fixed' || (status === 'not_affected' && (justification ?? reason) !== undefined);
}

function isPast({ at }: VexStatement, now: bigint): boolean {
  return at === undefined || at.nanoseconds <= now + CLOCK_SKEW;
}

function weightier(a: Said | undefined, b: Said): Said {
  if (a === undefined) return b;
  const [first, second] = [weightOf(a.statement), weightOf(b.statement)];
  if (first !== second) return first > second ? a : b;
  return isHarmless(a.statement) ? b : a;
}

/** When it was said; where that is not known, at first if it is harmless, and at last if not. */
function weightOf(statement: VexStatement): bigint {
  if (statement.at !== undefined) return statement.at.nanoseconds;
  return isHarmless(statement) ? -1n : 1n << 64n;
}

function suppressionOf({ statement, vex }: Said): Suppression {
  return {
    by: vex.format,
    status: statement.status,
    ...given({
      justification: statement.justification,
      reason: statement.reason,
      author: vex.author,
      source: vex.id,
    }),
  };
}
