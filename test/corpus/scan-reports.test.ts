import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/evidence/reports/index.ts';
import { toRego } from '../../src/values/index.ts';

const folder = '../shared/corpus/scan-reports';
const absent = existsSync(folder) ? '' : ' (skipped: ../shared/corpus is absent)';

// biome-ignore lint/suspicious/noExplicitAny: counts by walking the plain JSON, without what is tested.
type Plain = any;

const list = (value: Plain): Plain[] => (Array.isArray(value) ? value : []);
const text = (path: string) => readFileSync(join(folder, path), 'utf8');
const files = (pattern: string) => globSync(pattern, { cwd: folder }).sort();

/** How many vulnerabilities a report of each format lists, counted apart from the readers. */
const counts: Readonly<Record<string, (report: Plain) => number>> = {
  trivy: report => {
    const parts = [...list(report.Resources), ...list(report.Vulnerabilities)];
    const results = Array.isArray(report) ? report : [report, ...parts].flatMap(part => list(part.Results));
    return results.reduce((sum, result) => {
      const modified = list(result.ExperimentalModifiedFindings);
      return sum + list(result.Vulnerabilities).length + modified.length;
    }, 0);
  },
  'trivy-operator': report => report.report.vulnerabilities.length,
  grype: report => report.matches.length,
  clair: report => {
    const layers = Object.values(report.layers ?? {}) as Plain[];
    const features = layers.flatMap(({ Layer }) => list(Layer?.Features));
    const groups = report.Vulnerabilities ?? {};
    return [
      ...list(report.vulnerabilities),
      ...Object.values(groups).flatMap(list),
      ...features.flatMap(feature => list(feature.Vulnerabilities)),
    ].length;
  },
  snyk: report => {
    if (report.runs) return counts['sarif']!(report);
    if (report.jsonapi) return report.data.length;
    const projects = list(Array.isArray(report) ? report : [report]);
    const all = projects.flatMap(project => [project, ...list(project.applications)]);
    return all.reduce((sum, project) => sum + project.vulnerabilities.length, 0);
  },
  sarif: report => report.runs.reduce((sum: number, run: Plain) => sum + run.results.length, 0),
  anchore: report => list(report.vulnerabilities ?? report.securityEvaluation ?? report).length,
};

/** What is in the folders that is no report of vulnerabilities, and why it is not read. */
const unread: readonly (readonly [file: RegExp, problem: string])[] = [
  [/clair__examples|clair--httptransport/, ''],
  [/invalid-input\.json$/, 'it is not JSON'],
  [/summary-ids\.json$/, 'it is of no format that is known'],
  [/no_runs\.sarif\.json$/, 'SARIF log: it has no run'],
  [/configauditreport|cis_benchmark|exposedsecret|clustercompliance/, ''],
  [/anchore_enterprise__/, 'Anchore policy evaluation'],
];

/** What the other folder holds, counted apart from the readers: how often a scanner says that a package is vulnerable. */
const others: readonly (readonly [file: string, scanner: string | undefined, count: number | undefined])[] = [
  ['empty_aquadevops.json', undefined, undefined],
  ['issue_10585.json', 'aqua', 0],
  ['issue_10849.json', 'aqua', 1],
  ['many_v2.json', 'aqua', 3],
  ['many_vulns.json', 'aqua', 24],
  ['one_v2.json', 'aqua', 1],
  ['aws_inspector2_many_vul.json', 'aws-inspector', 10],
  ['aws_inspector2_one_vul.json', 'aws-inspector', 1],
  ['aws_inspector2_package_vuln_metadata.json', 'aws-inspector', 31],
  ['aws_inspector2_zero_vul.json', 'aws-inspector', 0],
  ['many_findings.json', undefined, undefined],
  ['gl-container-scanning-report-0-vuln.json', 'trivy', 0],
  ['gl-container-scanning-report-1-vuln_v14.json', 'trivy', 1],
  ['gl-container-scanning-report-1-vuln_v15.json', 'trivy', 1],
  ['gl-container-scanning-report-5-vuln_v15.json', 'trivy', 5],
  ['gl-container-scanning-report-multiple-cwe-fabricated_v15.json', 'trivy', 1],
  ['issue6639_v15.json', 'gitlab', 98],
  ['harbor-trivy-vuln.json', 'trivy', 3],
  ['harborapipip.json', 'trivy', 2],
  ['many_vulns.json', 'xray', 15],
  ['multi_cwe_fabricated.json', 'xray', 1],
  ['many_vulns.json', 'xray', 3],
  ['many_vulns_docker.json', 'xray', 4],
  ['many_vulns_pypi.json', 'xray', 107],
  ['Vulnerabilities-Report-XRAY_Unified.json', 'xray', 7],
  ['dedupe_test.json', 'xray', 7],
  ['many_vulns.json', 'neuvector', 2],
  ['no_vuln.json', 'neuvector', 0],
  ['one_vuln.json', 'neuvector', 1],
  ['multi_cwe_fabricated.json', 'osv-scanner', 1],
  ['no_findings.json', undefined, undefined],
  ['some_findings.json', 'osv-scanner', 1],
  ['sysdig_reports_many_vul.json', 'sysdig', 31],
  ['sysdig-2025.json', undefined, undefined],
  ['findings_include_packages.json', 'twistlock', 4],
  ['one_vuln_no_link_no_description.json', 'twistlock', 1],
  ['packagename.json', 'twistlock', 1],
  ['wizcli_img_many_vul.json', 'wiz', 8],
  ['wizcli_img_one_vul.json', 'wiz', 0],
  ['wizcli_img_zero_vul.json', 'wiz', 0],
];

describe.skipIf(absent !== '')(`scan reports of the corpus${absent}`, () => {
  const groups = [
    ['trivy', 'trivy/*.json', 39],
    ['trivy-operator', 'trivy-operator/*.json', 9],
    ['grype', 'grype/*.json', 13],
    ['clair', 'clair/*.json', 14],
    ['snyk', 'snyk/*.json', 17],
    ['sarif', 'sarif/*.json', 18],
    ['anchore', 'other/anchore-engine/*.json', 10],
  ] as const;
  for (const [name, pattern, number] of groups) {
    it(`reads all ${number} of ${name}`, () => {
      const paths = files(pattern);
      expect(paths).toHaveLength(number);
      for (const path of paths) {
        const reading = readReport(text(path));
        const expected = unread.find(([file]) => file.test(path));
        if (expected !== undefined) {
          expect(reading, path).toHaveProperty('problem', expect.stringContaining(expected[1]));
          continue;
        }
        expect(reading, path).toHaveProperty('scan');
        const { scan } = reading as { scan: Plain };
        const found = scan.vulnerabilities.length + scan.suppressed.length;
        expect(found, path).toBe(counts[name]!(JSON.parse(text(path))));
      }
    });
  }

  it('reads the reports of other scanners', () => {
    const found = files('other/*/*.json')
      .filter(path => !path.includes('anchore-engine'))
      .map(path => {
        const reading = readReport(text(path)) as { scan?: Plain };
        return [path.replace(/^.*__/, ''), reading.scan?.scanner, reading.scan?.vulnerabilities.length];
      });
    expect(found).toEqual(others);
  });

  it('reads severities as scanners mean them', () => {
    const severities = (path: string) => {
      const { scan } = readReport(text(path)) as { scan: Plain };
      const groups = Object.groupBy(scan.vulnerabilities as Plain[], each => each.severity as string);
      return Object.fromEntries(Object.entries(groups).map(([key, found]) => [key, found!.length]));
    };
    expect(severities('grype/django-defectdojo--anchore_grype__many_vulns3.json')).toEqual({
      critical: 5,
      high: 24,
      medium: 155,
      low: 27,
      negligible: 106,
      unknown: 10,
    });
    expect(severities('sarif/ratify--test__testdata__trivy_scan_report.json')).toEqual({
      critical: 4,
      high: 29,
      medium: 10,
      low: 2,
    });
    expect(severities('clair/django-defectdojo--clair__clair_many_vul.json')).toEqual({
      medium: 9,
      low: 15,
      negligible: 11,
    });
  });

  it('keeps the report itself', () => {
    const path = 'grype/grype--grype__presenter__json__testdata__snapshot__TestJsonImgsPresenter.json';
    const { scan } = readReport(text(path)) as { scan: Plain };
    expect(toRego(scan.raw)).toContain('"upstreams"');
  });
});

describe.skipIf(absent !== '')(`SBOMs and VEX of the corpus${absent}`, () => {
  const nested = (components: Plain): number =>
    list(components).reduce((sum, each) => sum + 1 + nested(each.components), 0);

  it('reads every CycloneDX document of JSON, all components and every vulnerability', () => {
    const paths = [...files('cyclonedx/*.json'), ...files('cyclonedx-vex/*.json')];
    expect(paths).toHaveLength(70);
    for (const path of paths) {
      const bom = JSON.parse(text(path));
      const { sbom, scan } = readReport(text(path)) as { sbom?: Plain; scan?: Plain };
      const vulnerabilities = list(bom.vulnerabilities);
      if (nested(bom.components) > 0) expect(sbom.packages, path).toHaveLength(nested(bom.components));
      expect(scan === undefined, path).toBe(vulnerabilities.length === 0);
      const affected = vulnerabilities.reduce((sum, each) => sum + Math.max(1, list(each.affects).length), 0);
      const found = scan === undefined ? [] : [...scan.vulnerabilities, ...scan.suppressed];
      expect(found, path).toHaveLength(affected);
      expect(new Set(found.map(each => each.id)), path).toEqual(
        new Set(vulnerabilities.map(each => each.id)),
      );
    }
  });

  it('reads every SPDX document of JSON', () => {
    const paths = files('spdx/*.json').filter(path => !/invalid[-_]/.test(path));
    expect(paths).toHaveLength(33);
    for (const path of paths) {
      const spdx = JSON.parse(text(path));
      const graph = list(spdx['@graph']).filter(each => /Package$/.test(each.type));
      const { sbom } = readReport(text(path)) as { sbom: Plain };
      expect(sbom?.packages, path).toHaveLength(list(spdx.packages).length + graph.length);
      expect(sbom.created_at, path).toBeDefined();
    }
    for (const path of files('spdx/*invalid*'))
      expect(readReport(text(path)), path).toHaveProperty('problem');
  });

  it('reads every statement of OpenVEX and CSAF', () => {
    for (const path of files('openvex/*.json')) {
      const { vex } = readReport(text(path)) as { vex: Plain };
      expect(vex?.statements, path).toHaveLength(JSON.parse(text(path)).statements.length);
    }
    for (const path of files('csaf-vex/*.json'))
      expect((readReport(text(path)) as { vex: Plain }).vex?.statements, path).toHaveLength(1);
  });

  it('reads every SPDX document of tags and values', () => {
    const paths = files('spdx/*.spdx');
    expect(paths).toHaveLength(9);
    for (const path of paths) {
      const { sbom } = readReport(text(path)) as { sbom: Plain };
      const names = [...text(path).matchAll(/^PackageName: (.*)$/gm)].map(match => match[1]);
      expect(sbom.packages.map((each: Plain) => each.name)).toEqual(names);
      expect(sbom.created_at, path).toBeDefined();
    }
  });

  it('says that XML is not read', () => {
    for (const path of files('cyclonedx/*.xml'))
      expect(readReport(text(path)), path).toEqual({ problem: 'it is XML, which is not read' });
  });
});
