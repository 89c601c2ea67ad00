import type { IgnoredVulnerability } from '../../images/index.ts';
import { coversPackage, parsePackageUrl } from './package-url.ts';
import type { ScanReport, SuppressedVulnerability, Vulnerability } from './report.ts';
import { namesOf, toName } from './vulnerability-names.ts';

/** A report after a list of what is ignored, and what that suppresses. */
export interface WithIgnores {
  readonly report: ScanReport;
  readonly ignored: readonly SuppressedVulnerability[];
}

/** The report with those vulnerabilities moved to `suppressed` that a list ignores, until the moment it says. */
export function applyIgnores(
  report: ScanReport,
  ignores: readonly IgnoredVulnerability[],
  now: bigint,
): WithIgnores {
  const valid = ignores.filter(({ until }) => now < until.nanoseconds);
  const byId = Map.groupBy(valid, ({ id }) => toName(id));
  if (byId.size === 0) return { report, ignored: [] };
  const ignored: SuppressedVulnerability[] = [];
  const vulnerabilities = report.vulnerabilities.filter(vulnerability => {
    const ignore = ignoreOf(vulnerability, byId);
    if (ignore === undefined) return true;
    const suppression = { by: 'ignore-list', reason: ignore.because, until: ignore.until.text };
    ignored.push({ ...vulnerability, suppression });
    return false;
  });
  const suppressed = [...report.suppressed, ...ignored];
  return { report: { ...report, vulnerabilities, suppressed }, ignored };
}

/** Entries of one id that are looked at: more than a few packages are not confined by hand. */
const ENTRIES = 100;

function ignoreOf(
  vulnerability: Vulnerability,
  byId: ReadonlyMap<string, readonly IgnoredVulnerability[]>,
): IgnoredVulnerability | undefined {
  for (const id of namesOf(vulnerability)) {
    const entries = byId.get(id)?.slice(0, ENTRIES);
    const found = entries?.find(ignore => isOfPackage(ignore, vulnerability));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOfPackage(ignore: IgnoredVulnerability, { package: { name, purl } }: Vulnerability): boolean {
  if (ignore.package === undefined) return true;
  if (!/^pkg:/i.test(ignore.package)) return ignore.package === name;
  const [wanted, found] = [parsePackageUrl(ignore.package), parsePackageUrl(purl ?? '')];
  return wanted !== undefined && found !== undefined && coversPackage(wanted, found);
}
