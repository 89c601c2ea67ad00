import { describe, expect, it } from 'vitest';
import {
  type Fix,
  formatVerdict,
  isVerdictFormat,
  type Location,
  type Verdict,
  type VerdictFormat,
  verdictFormats,
} from '../../src/decide/index.ts';
import { hostile, hostileVerdict, imageVerdict, location, verdict, violation } from './verdicts.ts';
import { elements, parseXml } from './xml.ts';

function format(given: Verdict, name: VerdictFormat): string {
  return formatVerdict(given, name).body;
}

const allowed = imageVerdict({
  ref: 'ghcr.io/acme/api:1.2',
  decision: 'allow',
  violations: [],
  locations: [],
});
const exempted = violation({
  rule: 'acme.production.require_digest',
  exempted: {
    until: '2027-01-31',
    because: 'OPS-212',
    source: { file: 'production.policy', line: 20, column: 1 },
  },
});
const warning = violation({ rule: 'acme.production.warn_image', severity: 'warning' });
const undecided = violation({ rule: 'acme.production.require_signature', indeterminate: true });
const mixed = imageVerdict({ violations: [violation(), exempted, undecided, warning] });

describe('formatVerdict', () => {
  it('knows its formats by name', () => {
    expect(verdictFormats).toEqual(['json', 'text', 'sarif', 'junit', 'github', 'markdown', 'policyreport']);
    expect(isVerdictFormat('sarif')).toBe(true);
    expect(isVerdictFormat('constructor')).toBe(false);
  });

  it.each(verdictFormats)('writes %s that ends with a line break, with a media type', name => {
    const { body, contentType } = formatVerdict(verdict([imageVerdict(), allowed]), name);
    expect(body.endsWith('\n')).toBe(true);
    expect(contentType).toMatch(/^(?:text|application)\/[a-z+]+(?:; charset=utf-8)?$/u);
  });
});

describe('what a terminal or a reader of UTF-8 might stumble over', () => {
  const stray = '\u001b[31m\u0000\u0007\ud800x\udc00\u007f\u0085\u009b\r\b';
  const given = hostileVerdict(stray);

  it.each(verdictFormats)('does not get into %s', name => {
    const { body } = formatVerdict(given, name);
    expect(body.isWellFormed()).toBe(true);
    expect(body.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(body).not.toMatch(/\\ud[89a-f]/iu);
  });

  it('is all that json changes', () => {
    const read = JSON.parse(format(given, 'json'));
    expect(read.errors[0].message).toBe(stray.toWellFormed());
    expect(read.violations[0].details).toEqual({ [stray.toWellFormed()]: stray.toWellFormed() });
  });

  it('is seen in github', () => {
    expect(format(given, 'github')).toContain('␛[31m␀␇�x�␡��␍␈');
  });
});

describe('json', () => {
  it('is the verdict', () => {
    const given = hostileVerdict();
    expect(JSON.parse(format(given, 'json'))).toEqual(given);
  });
});

describe('as_of', () => {
  it.each(['text', 'github', 'markdown'] as const)('is said in %s where the caller gave it', name => {
    const asked = 'as of 2026-11-20T00:00:00Z, as the caller asked';
    expect(formatVerdict(verdict([allowed]), name, { asOfGiven: true }).body).toContain(asked);
    expect(format(verdict([allowed]), name)).not.toContain('as of');
  });
});

describe('a denial that names no image', () => {
  const { image: _image, locations: _locations, ...flat } = violation({ rule: 'acme.deny' });
  const denied = imageVerdict({ ref: 'redis', violations: [], locations: [] });
  const given = verdict([denied], { violations: [flat] });

  it('is told apart in text', () => {
    const text = format(given, 'text');
    expect(text).toMatch(/^DENY {2}1 image: 0 allowed, 1 denied\n/u);
    expect(text).toMatch(/^deny {6}redis +see below$/mu);
    expect(text).toContain('submission  (names no image of it, so that none is allowed)\n  error  acme.deny');
  });

  it('lets no image pass in junit and policyreport', () => {
    const cases = elements(parseXml(format(given, 'junit')), 'testcase');
    expect(cases.map(test => elements(test, 'failure').length)).toEqual([1, 1]);
    expect(JSON.parse(format(given, 'policyreport')).summary).toMatchObject({ pass: 0, fail: 2 });
  });
});

describe('text', () => {
  it('shows decision, table, rule, places, reasons and fix', () => {
    expect(format(verdict([imageVerdict(), allowed]), 'text')).toBe(`DENY  2 images: 1 allowed, 1 denied
policy acme/production v7 (stable)

DECISION  IMAGE                 WHERE               VIOLATIONS
deny      nginx                 deploy/web.yaml:19  1 error
allow     ghcr.io/acme/api:1.2

image nginx  (docker.io/library/nginx:latest)
  error  acme.production.deny_tag  production.policy:9:1  Production images
    message   tag "latest" is denied
    because   a tag that moves cannot be rolled back
    expected  a tag that matches none of latest
    found     latest
    fix       pin the digest
    at        deploy/web.yaml:19  Deployment shop/web, container web
`);
  });

  it('aligns wide characters', () => {
    const lines = format(verdict([imageVerdict({ ref: '日本' }), allowed]), 'text').split('\n');
    const table = lines.slice(
      lines.findIndex(line => line.startsWith('DECISION')),
      -1,
    );
    expect(table[1]).toContain('日本                  deploy/web.yaml:19');
  });

  it('marks what is exempted, undecided and unchecked, and lists errors', () => {
    const text = format(
      verdict([mixed], {
        unchecked: [
          { kind: 'image', value: 'redis', file: 'a.yaml', line: 3, reason: 'no rule applies to it' },
        ],
        errors: [{ code: 'eval_conflict_error', message: 'two values' }],
      }),
      'text',
    );
    expect(text).toContain('1 error, 1 indeterminate, 1 warning, 1 exempted');
    expect(text).toContain('exempted  until 2027-01-31: OPS-212');
    expect(text).toContain('image  redis  a.yaml:3  no rule applies to it');
    expect(text).toContain('eval_conflict_error  two values');
  });

  it('lets no text begin a line or steer the terminal', () => {
    const text = format(hostileVerdict(), 'text');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    for (const line of text.split('\n')) expect(line.trimStart()).not.toMatch(/^(?:::|##\[)/u);
  });

  it('only adds colours', () => {
    const given = verdict([mixed, allowed]);
    const painted = formatVerdict(given, 'text', {
      paint: (role, text) => (text ? `<${role}>${text}</>` : ''),
    }).body;
    expect(painted).toContain('<error>DENY</>');
    expect(painted.replace(/<\/?(?:[a-z]+)?>/gu, '')).toBe(format(given, 'text'));
  });
});

describe('github', () => {
  it('annotates the place of the image', () => {
    const [first, second] = format(verdict([imageVerdict()]), 'github').split('\n');
    expect(first).toBe(
      '::error file=deploy/web.yaml,line=19,title=acme.production.deny_tag::nginx: tag "latest" is denied; because: a tag that moves cannot be rolled back; expected: a tag that matches none of latest; found: latest; fix: pin the digest',
    );
    expect(second).toBe('pratique: deny, 1 image: 0 allowed, 1 denied');
  });

  it('has a level for each standing', () => {
    const lines = format(verdict([mixed]), 'github').split('\n');
    expect(lines.slice(0, 4).map(line => /^::(\w+) /u.exec(line)?.[1])).toEqual([
      'error',
      'notice',
      'error',
      'warning',
    ]);
  });

  it('escapes so that each line is one command of ours', () => {
    const lines = format(hostileVerdict(), 'github').trimEnd().split('\n');
    const commands = lines.slice(0, -1);
    expect(commands).toHaveLength(4);
    for (const line of commands) {
      const match = /^::(?:error|notice) ((?:[a-z]+=[^,:\r\n]*,?)*)::[^\r\n]*$/u.exec(line);
      expect(match, line).not.toBeNull();
      expect(match![1]!.split(',').map(pair => pair.split('=')[0])).toSatisfy((names: string[]) =>
        names.every(name => ['file', 'line', 'title'].includes(name)),
      );
    }
    expect(lines[0]).toContain('%250A');
  });
});

describe('junit', () => {
  it('has a case for each image and counts them', () => {
    const root = parseXml(
      format(
        verdict([
          imageVerdict(),
          allowed,
          imageVerdict({ decision: 'indeterminate', violations: [undecided] }),
        ]),
        'junit',
      ),
    );
    const [suite] = elements(root, 'testsuite');
    expect([...suite!.attributes]).toEqual([
      ['name', 'acme/production v7 (stable)'],
      ['tests', '3'],
      ['failures', '1'],
      ['errors', '1'],
      ['skipped', '0'],
    ]);
    const cases = elements(root, 'testcase');
    expect(cases.map(test => test.attributes.get('classname'))).toEqual([
      'deploy/web.yaml',
      'images',
      'deploy/web.yaml',
    ]);
    expect(cases.map(test => test.children.map(child => child.name))).toEqual([['failure'], [], ['error']]);
    expect(cases[0]!.children[0]!.attributes.get('type')).toBe('acme.production.deny_tag');
    expect(cases[0]!.children[0]!.text).toContain(
      'at: deploy/web.yaml:19 Deployment shop/web, container web',
    );
  });

  it('puts what does not fail into the output', () => {
    const root = parseXml(
      format(verdict([imageVerdict({ decision: 'allow', violations: [exempted, warning] })]), 'junit'),
    );
    expect(elements(root, 'failure')).toEqual([]);
    expect(elements(root, 'system-out')[0]!.text).toContain('exempted: until 2027-01-31: OPS-212');
  });

  it('reports errors of evaluation', () => {
    const root = parseXml(
      format(verdict([allowed], { errors: [{ code: 'eval_budget_error', message: 'stopped' }] }), 'junit'),
    );
    expect(elements(root, 'error')[0]!.attributes.get('message')).toBe('stopped');
  });

  it('is well-formed whatever it holds', () => {
    const root = parseXml(format(hostileVerdict(), 'junit'));
    const shown = hostile.replace(/(?![\t\r\n])\p{Cc}|\ufffe/gu, '\ufffd');
    expect(elements(root, 'testcase')[0]!.attributes.get('name')).toBe(shown);
    expect(elements(root, 'failure')[0]!.text).toContain(shown);
    expect(elements(root, 'script')).toEqual([]);
  });
});

describe('markdown', () => {
  it('is a table of violations', () => {
    const text = format(verdict([imageVerdict()]), 'markdown');
    expect(text).toContain('### ❌ deny\n');
    expect(text).toContain(
      '|  | Image | Where | Rule | Message |\n| --- | --- | --- | --- | --- |\n| ❌ error | <code>nginx</code> |',
    );
    expect(text).toContain('<br>*fix:* pin the digest');
  });

  it('keeps every row in its row and every text plain', () => {
    const text = format(hostileVerdict(), 'markdown');
    const rows = text.split('\n').filter(line => line.startsWith('|'));
    expect(rows).toHaveLength(2 + 3);
    for (const row of rows) expect(row.match(/\|/gu)).toHaveLength(6);
    expect(
      text.match(/<[^>]*>/gu)!.filter(tag => !['<code>', '</code>', '<br>', '<!-- -->'].includes(tag)),
    ).toEqual([]);
    expect(text).not.toMatch(/@|\]\(|\*\*bold|https?:|www\./u);
    expect(text).not.toMatch(/&#64;(?!<!-- -->)(?![^<]*<\/code>)/u);
  });
});

interface SarifLog {
  $schema: string;
  version: string;
  runs: {
    tool: {
      driver: {
        name: string;
        rules: { id: string; shortDescription: { text: string }; defaultConfiguration: { level: string } }[];
      };
    };
    invocations: { executionSuccessful: boolean; toolExecutionNotifications: unknown[] }[];
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: {
        physicalLocation?: { artifactLocation: { uri: string }; region?: { startLine: number } };
        logicalLocations?: unknown[];
      }[];
      relatedLocations?: { message: { text: string } }[];
      partialFingerprints: Record<string, string>;
      fixes?: unknown;
      suppressions?: { kind: string; status: string; justification: string }[];
    }[];
  }[];
}

describe('sarif', () => {
  function run(given: Verdict) {
    const log = JSON.parse(format(given, 'sarif')) as SarifLog;
    expect(log.version).toBe('2.1.0');
    expect(log.runs).toHaveLength(1);
    return log.runs[0]!;
  }

  it('names rules once and points results at them', () => {
    const { tool, results, invocations } = run(verdict([mixed, imageVerdict({ ref: 'redis' })]));
    expect(tool.driver.rules.map(rule => rule.id)).toEqual([
      'acme.production.deny_tag',
      'acme.production.require_digest',
      'acme.production.require_signature',
      'acme.production.warn_image',
    ]);
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex]!.id).toBe(result.ruleId);
      expect(['error', 'warning']).toContain(result.level);
      expect(result.message.text).not.toBe('');
    }
    expect(invocations[0]!.executionSuccessful).toBe(true);
  });

  it('places results in manifests, those without a place in the policy', () => {
    const list = violation({ image: 'redis' });
    const { locations: _locations, ...unplaced } = list;
    const { results } = run(
      verdict([imageVerdict(), imageVerdict({ ref: 'redis', locations: [], violations: [unplaced] })]),
    );
    expect(results.map(({ locations }) => locations[0]!.physicalLocation)).toEqual([
      { artifactLocation: { uri: 'deploy/web.yaml' }, region: { startLine: 19 } },
      { artifactLocation: { uri: 'production.policy' }, region: { startLine: 9, startColumn: 1 } },
    ]);
  });

  it('has a fix where the column of the reference is known', () => {
    const patch = [{ op: 'replace', path: location.pointer!, value: 'nginx:1.29.3' }];
    const fixesOf = (place: Partial<Location>, fix: Fix) => {
      const violations = [violation({ fix, locations: [{ ...location, ...place }] })];
      return run(verdict([imageVerdict({ violations })])).results[0]!.fixes;
    };
    expect(fixesOf({ column: 18 }, { description: 'write nginx:1.29.3', patch })).toEqual([
      {
        description: { text: 'write nginx:1.29.3' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'deploy/web.yaml' },
            replacements: [
              {
                deletedRegion: { startLine: 19, startColumn: 18, endColumn: 23 },
                insertedContent: { text: 'nginx:1.29.3' },
              },
            ],
          },
        ],
      },
    ]);
    expect(fixesOf({}, { description: 'a', patch })).toBeUndefined();
    expect(fixesOf({ column: 18 }, { description: 'a' })).toBeUndefined();
    expect(fixesOf({ column: 18, pointer: '/1' }, { description: 'a', patch })).toBeUndefined();
    expect(
      fixesOf({ column: 18 }, { description: 'a', patch: [{ ...patch[0]!, value: 1 }] }),
    ).toBeUndefined();
  });

  it('has fingerprints that survive moved lines and differ otherwise', () => {
    const moved = violation({ locations: [{ ...location, line: 99 }] });
    const print = (given: Verdict) =>
      run(given).results.map(result => result.partialFingerprints['pratique/v1']);
    expect(print(verdict([imageVerdict({ violations: [moved] })]))).toEqual(print(verdict([imageVerdict()])));
    expect(new Set(print(verdict([imageVerdict({ violations: [violation(), moved, warning] })]))).size).toBe(
      3,
    );
  });

  it('suppresses what is exempted', () => {
    const { results } = run(verdict([imageVerdict({ violations: [exempted] })]));
    expect(results[0]!.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'until 2027-01-31: OPS-212' },
    ]);
  });

  it('says that evaluation failed', () => {
    const errors = [{ code: 'eval_budget_error', message: 'stopped' }];
    const [invocation] = run(verdict([allowed], { errors })).invocations;
    expect(invocation).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { level: 'error', message: { text: 'stopped' }, descriptor: { id: 'eval_budget_error' } },
      ],
    });
  });

  it('writes valid URIs', () => {
    for (const { locations } of run(hostileVerdict()).results) {
      const uri = locations[0]!.physicalLocation?.artifactLocation.uri;
      if (uri !== undefined) expect(uri).toMatch(/^(?:[A-Za-z0-9\-._~!$&'()*+,;=@/]|%[0-9A-F]{2})+$/u);
    }
    const absolute = violation({ locations: [{ file: '/srv/a b.yaml', line: 1 }] });
    const { results } = run(verdict([imageVerdict({ violations: [absolute] })]));
    expect(results[0]!.locations[0]!.physicalLocation!.artifactLocation.uri).toBe('file:///srv/a%20b.yaml');
  });
});

describe('policyreport', () => {
  it('is a ClusterPolicyReport with results that its summary counts', () => {
    const report = JSON.parse(
      format(verdict([mixed, allowed], { errors: [{ code: 'e', message: 'm' }] }), 'policyreport'),
    );
    expect(report).toMatchObject({
      apiVersion: 'wgpolicyk8s.io/v1alpha2',
      kind: 'ClusterPolicyReport',
      metadata: { name: 'pratique-01j-test' },
      summary: { pass: 1, fail: 1, warn: 1, error: 2, skip: 1 },
    });
    expect(report.results[0]).toMatchObject({
      policy: 'acme/production',
      rule: 'acme.production.deny_tag',
      result: 'fail',
      severity: 'high',
      resources: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }],
      properties: {
        image: 'nginx',
        container: 'web',
        source: 'production.policy:9:1',
        fix: 'pin the digest',
      },
    });
  });

  it('has names that Kubernetes takes and properties that are strings', () => {
    const report = JSON.parse(format({ ...hostileVerdict(), decision_id: '/…A__b!' }, 'policyreport'));
    expect(report.metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u);
    for (const { properties = {} } of report.results)
      for (const value of Object.values(properties)) expect(value).toBeTypeOf('string');
  });
});
