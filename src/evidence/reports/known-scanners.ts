/** Tools whose findings in formats that any tool may write are vulnerabilities of an image. */
const scanners: ReadonlyMap<string, string> = new Map([
  ['trivy', 'trivy'],
  ['grype', 'grype'],
  ['clair', 'clair'],
  ['anchore', 'anchore'],
  ['anchore-grype', 'grype'],
  ['snyk', 'snyk'],
  ['snyk container', 'snyk'],
  ['snyk open source', 'snyk'],
  ['docker scout', 'docker scout'],
  ['osv-scanner', 'osv-scanner'],
]);

/** The scanner that a tool's name means; undefined where it is none that is known. */
export function knownScanner(tool: string | undefined): string | undefined {
  return tool === undefined ? undefined : scanners.get(tool.trim().toLowerCase());
}
