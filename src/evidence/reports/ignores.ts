import { coversPackage, parsePackageUrl } from './package-url.ts';
import type { Ignore, ScanReport, SuppressedVulnerability, Vulnerability } from './report.ts';
import { namesOf, toName } from './vulnerability-names.ts';

/** The report with those vulnerabilities moved to `suppressed` that a list ignores, until the moment it says. */
export function applyIgnores(report: ScanReport, ignores: readonly Ignore[], now: bigint): ScanReport {
  const valid = ignores.filter(({ until }) => now < until.nanoseconds);
  const byId = Map.groupBy(valid, ({ id }) => toName(id));
  if (byId.size === 0) return report;
  const suppressed: SuppressedVulnerability[] = [];
  const vulnerabilities = report.vulnerabilities.filter(vulnerability => {
    const ignore = ignoreOf(vulnerability, byId);
    if (ignore === undefined) return true;
    const suppression = { by: 'ignore-list', reason: ignore.because, until: ignore.until.text };
    suppressed.push({ ...vulnerability, suppression });
    return false;
  });
  return { ...report, vulnerabilities, suppressed: [...report.suppressed, ...suppressed] };
}

/** Entries of one id that are looked at: more than a few packages are not confined by hand. */
const ENTRIES = 100;

function ignoreOf(
  vulnerability: Vulnerability,
  byId: ReadonlyMap<string, readonly Ignore[]>,
): Ignore | undefined {
  for (const id of namesOf(vulnerability)) {
    const entries = byId.get(id)?.slice(0, ENTRIES);
    const found = entries?.find(ignore => isOfPackage(ignore, vulnerability));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOfPackage(ignore: Ignore, { package: { name, purl } }: Vulnerability): boolean {
  if (ignore.package === undefined) return true;
  if (!/^pkg:/i.test(ignore.package)) return ignore.package === name;
  const [wanted, found] = [parsePackageUrl(ignore.package), parsePackageUrl(purl ?? '')];
  return wanted !== undefined && found !== undefined && coversPackage(wanted, found);
}
