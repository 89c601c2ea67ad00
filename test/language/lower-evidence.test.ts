import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/values/index.ts';
import { denials, judge } from './statements.ts';

const key = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----';
const data = { keys: { release: { key }, security: { key: `${key} ` } } };

function say(policy: string, kind: string, answer: Json) {
  return judge(policy, ['nginx'], { data, evidence: { [kind]: answer } });
}

describe.each([
  ['require signature by data.keys.release', 'signature', ['verified']],
  ['require attestation "t" by data.keys.release', 'attestation', ['verified']],
  ['require scan', 'scan', ['verified', 'found']],
  ['require sbom', 'sbom', ['verified', 'found']],
] as const)('%s', (policy, kind, content) => {
  it.each(['verified', 'found', 'unverified', 'absent', 'unavailable', 'else'])('judges %s', status => {
    const answer = { status, reason: 'as it is', count: 1, statements: [{}], document: {} };
    const said = say(policy, kind, answer);
    const passes = content.some(accepted => accepted === status);
    expect(said).toHaveLength(passes ? 0 : 1);
    if (passes) return;
    expect(said[0]!.indeterminate).toBe(status === 'unavailable' ? true : undefined);
    if (['unverified', 'absent', 'unavailable'].includes(status))
      expect(said[0]!.message).toContain('as it is');
  });

  it('denies where there is no answer, or none that can be read', () => {
    expect(judge(policy, ['nginx'], { data, evidence: {} })).toHaveLength(1);
    for (const answer of [null, 1, {}, [], { status: null }])
      expect(say(policy, kind, answer)).toHaveLength(1);
  });

  it('is indeterminate where nobody can be asked', () => {
    expect(judge(policy, ['nginx'], { data })[0]!.indeterminate).toBe(true);
  });

  it('prefer says the same', () => {
    expect(judge(policy.replace('require', 'prefer'), ['nginx'], { data })[0]!.rule).toBe(`prefer_${kind}`);
  });
});

describe('require signature', () => {
  it('counts distinct authorities', () => {
    const policy = 'require 2 signatures by [data.keys.release, data.keys.security]';
    expect(say(policy, 'signature', { status: 'verified', count: 2 })).toEqual([]);
    expect(say(policy, 'signature', { status: 'verified', count: 1 })).toEqual([
      {
        rule: 'require_signature',
        image: 'nginx',
        message: '1 of 2 required signatures are there',
        expected: 'valid signatures by 2 of data.keys.release, data.keys.security',
        found: '1',
      },
    ]);
    for (const count of [undefined, '2', null, [1, 2]])
      expect(
        say(policy, 'signature', { status: 'verified', ...(count !== undefined && { count }) }),
      ).toHaveLength(1);
  });

  it.each([
    ['undefined', undefined],
    ['a string', 'keys'],
    ['null', null],
    ['an empty list', []],
    ['an authority without identity', { issuer: 'https://a' }],
    ['a key that is none', { key: 'x' }],
  ])('denies, not indeterminate, where the authority is %s', (_, by) => {
    const said = judge('require signature by data.by', ['nginx'], {
      data: by === undefined ? {} : { by },
      evidence: { signature: { status: 'verified', count: 1 } },
    });
    expect(said).toHaveLength(1);
    expect(said[0]!.indeterminate).toBeUndefined();
    expect(said[0]!.message).toContain('data.by');
    if (by === undefined) expect(said[0]!.message).toBe('data.by is undefined, and undecided is denied');
  });

  it('may take the authority by the image', () => {
    const policy = 'require signature by data.by[image.registry]';
    const by = { 'docker.io': { key } };
    const evidence = { signature: { status: 'verified' } };
    expect(denials(policy, ['nginx', 'ghcr.io/a/b'], { data: { by }, evidence })).toEqual([
      'require_signature ghcr.io/a/b',
    ]);
  });
});

describe('require attestation', () => {
  const policy =
    'require attestation "t" by data.keys.release where { predicate.builder == "b"; statement.subject; image.tag == "latest" }';

  it('where must hold of one of the statements', () => {
    const good = { subject: true, predicate: { builder: 'b' } };
    const bad = { subject: true, predicate: { builder: 'x' } };
    expect(say(policy, 'attestation', { status: 'verified', statements: [bad, good] })).toEqual([]);
    for (const statements of [[bad], [], [{ subject: true }], [null], 'good'])
      expect(say(policy, 'attestation', { status: 'verified', statements })[0]!.message).toBe(
        'no attestation "t" satisfies "where"',
      );
    expect(say(policy, 'attestation', { status: 'verified' })).toHaveLength(1);
  });

  it('denies where the type is undefined', () => {
    const said = judge('require attestation data.type by data.keys.release', ['nginx'], {
      data,
      evidence: { attestation: { status: 'verified' } },
    });
    expect(said[0]!.message).toBe('data.type is undefined, and undecided is denied');
  });
});

describe('require attestation within', () => {
  const by = (signer: string, signed_at?: string, more: JsonObject = {}): Json => ({
    predicate: {},
    ...more,
    verification: {
      authorities: [{ key: signer }],
      signers: [signer],
      ...(signed_at !== undefined && { signed_at }),
    },
  });
  const fresh = '2026-11-18T00:00:00Z';
  const old = '2026-11-01T00:00:00Z';
  const verified = (...statements: readonly Json[]): Json => ({
    status: 'verified',
    count: statements.length,
    statements,
  });
  const parts = (...lists: readonly (readonly Json[])[]): Json => ({
    status: 'verified',
    count: 1,
    parts: lists.map(statements => ({ about: 'linux/amd64', statements })),
  });
  const one = 'require attestation "t" by data.keys.release within "7d"';
  const two = 'require 2 attestations "t" by [data.keys.release, data.keys.security] within "7d"';

  it('takes what is proven to have been signed since then', () => {
    expect(say(one, 'attestation', verified(by('a', old), by('a', fresh)))).toEqual([]);
    expect(say(one, 'attestation', verified(by('a', old)))).toMatchObject([
      {
        message: 'no attestation "t" is proven to have been signed within 7d',
        expected: 'an attestation signed within 7d',
      },
    ]);
  });

  it('denies where nothing proves when it was signed, or the age is none', () => {
    const said = { created_at: fresh, predicate: { metadata: { buildFinishedOn: fresh } } };
    expect(say(one, 'attestation', verified(by('a', undefined, said)))).toHaveLength(1);
    expect(say(one, 'attestation', verified(by('a', 'yesterday')))).toHaveLength(1);
    for (const age of ['week', 7, null])
      expect(
        judge(one.replace('"7d"', 'data.age'), ['nginx'], {
          data: { ...data, age },
          evidence: { attestation: verified(by('a', fresh)) },
        }),
      ).toHaveLength(1);
  });

  it('counts the authorities of those that are left', () => {
    expect(say(two, 'attestation', verified(by('a', fresh), by('b', fresh)))).toEqual([]);
    expect(say(two, 'attestation', verified(by('a', fresh), by('b', old)))[0]!.message).toBe(
      '1 of 2 required attestations are proven to have been signed within 7d',
    );
    expect(say(two, 'attestation', verified(by('a', fresh), by('a', fresh)))).toHaveLength(1);
  });

  it('must hold of one that satisfies where', () => {
    const policy = `${one} where { predicate.passed }`;
    const passed = (at: string, is: boolean) => by('a', at, { predicate: { passed: is } });
    expect(say(policy, 'attestation', verified(passed(fresh, true)))).toEqual([]);
    expect(say(policy, 'attestation', verified(passed(fresh, false), passed(old, true)))[0]!.message).toBe(
      'no attestation "t" satisfies "where"',
    );
    const both = `${two} where { predicate.passed }`;
    const other = by('b', fresh, { predicate: { passed: true } });
    expect(say(both, 'attestation', verified(passed(fresh, true), other))).toEqual([]);
    expect(say(both, 'attestation', verified(passed(fresh, false), other))[0]!.message).toBe(
      '1 of 2 required attestations satisfy "where"',
    );
  });

  it('must hold of each of several manifests, by one authority', () => {
    expect(say(one, 'attestation', parts([by('a', fresh)], [by('a', fresh), by('b', old)]))).toEqual([]);
    expect(say(one, 'attestation', parts([by('a', fresh)], [by('a', old)]))).toHaveLength(1);
    expect(say(one, 'attestation', parts([by('a', fresh)], [by('b', fresh)]))).toHaveLength(1);
    expect(say(one, 'attestation', parts())).toHaveLength(1);
    expect(say(one.replace(' within "7d"', ''), 'attestation', parts([by('a')], [by('a')]))).toEqual([]);
  });
});

describe('require scan', () => {
  const report = (document: Json) => ({ status: 'found', document });
  const found = (...severities: Json[]) =>
    report({ vulnerabilities: severities.map((severity, i) => ({ id: `CVE-${i + 1}`, severity })) });

  it('below takes only what is less grave', () => {
    const policy = 'require scan below "high"';
    expect(say(policy, 'scan', found())).toEqual([]);
    expect(say(policy, 'scan', found('low', 'MEDIUM', 'negligible'))).toEqual([]);
    expect(say(policy, 'scan', found('low', 'high', 'Critical'))).toEqual([
      {
        rule: 'require_scan',
        image: 'nginx',
        message: '2 vulnerabilities are not below high: CVE-2, CVE-3',
        expected: 'no vulnerability of severity high or above',
      },
    ]);
  });

  it.each([[null], ['unknown'], [7], ['']])('below does not take the severity %j', severity => {
    expect(say('require scan below "critical"', 'scan', found(severity))).toHaveLength(1);
  });

  it.each([
    ['no list', {}],
    ['null', { vulnerabilities: null }],
    ['an object', { vulnerabilities: {} }],
    ['not objects', { vulnerabilities: ['CVE-1'] }],
    ['without severity', { vulnerabilities: [{ id: 'CVE-1' }] }],
  ])('below denies where the vulnerabilities are %s', (_, document) => {
    expect(say('require scan below "critical"', 'scan', report(document))).toHaveLength(1);
  });

  it('below takes its limit from data, and denies where that is none', () => {
    const judged = (limit: Json) =>
      judge('require scan below data.limit', ['nginx'], {
        data: { limit },
        evidence: { scan: found('low') },
      });
    expect(judged('high')).toEqual([]);
    for (const limit of ['grave', 1, null, []]) expect(judged(limit)).toHaveLength(1);
  });

  it.each([
    ['7d', '2026-11-14T00:00:00Z', true],
    ['7d', '2026-11-12T00:00:00Z', false],
    ['2w', '2026-11-12T00:00:00Z', true],
    ['36h', '2026-11-18T11:00:00Z', false],
    ['1h30m', '2026-11-19T23:00:00Z', true],
  ])('within %s of %s: %s', (within, created_at, passes) => {
    expect(say(`require scan within "${within}"`, 'scan', report({ created_at }))).toHaveLength(
      passes ? 0 : 1,
    );
  });

  it('within denies where the time or the limit is none', () => {
    for (const document of [{}, { created_at: 'yesterday' }, { created_at: 7 }])
      expect(say('require scan within "7d"', 'scan', report(document))).toHaveLength(1);
    for (const age of ['week', '-7d', '', 7, null]) {
      const said = judge('require scan within data.age', ['nginx'], {
        data: { age },
        evidence: { scan: report({ created_at: '2026-11-20T00:00:00Z' }) },
      });
      expect(said).toHaveLength(1);
    }
  });

  it('by names scanners, where says the rest', () => {
    const policy = 'require scan by ["trivy", "grype"] where { scan.database == "fresh" }';
    expect(say(policy, 'scan', report({ scanner: 'trivy', database: 'fresh' }))).toEqual([]);
    expect(say(policy, 'scan', report({ scanner: 'other', database: 'fresh' }))[0]!.message).toBe(
      'the vulnerability report is by other',
    );
    expect(say(policy, 'scan', report({ scanner: 'trivy' }))[0]!.message).toBe(
      'the vulnerability report does not satisfy "where"',
    );
    expect(say(policy, 'scan', report({ database: 'fresh' }))).toHaveLength(1);
  });

  it('by an authority takes what is verified, by both what is of the scanner too', () => {
    const policy = 'require scan by data.keys.release';
    const found = report({ scanner: 'trivy' });
    const verified = { ...found, status: 'verified' };
    expect(say(policy, 'scan', verified)).toEqual([]);
    expect(say(policy, 'scan', found)).toHaveLength(1);
    const both = 'require scan by ["trivy", data.keys.release]';
    expect(say(both, 'scan', verified)).toEqual([]);
    expect(say(both, 'scan', found)).toHaveLength(1);
    expect(say(both, 'scan', { ...verified, document: { scanner: 'grype' } })).toHaveLength(1);
  });

  it('asks with its scanners, and with what the data of the policy ignores', () => {
    const ignored = [{ id: 'CVE-2026-1', until: '2027-01-31', because: 'OPS-1' }];
    const asked = (policy: string, more: JsonObject = {}) => {
      const criteria = new Set<string>();
      const ask = (request: JsonObject) => void criteria.add(JSON.stringify(request['criteria']));
      judge(policy, ['nginx'], { data: { ...data, ...more }, evidence: {}, asked: ask });
      return [...criteria].map(each => JSON.parse(each));
    };
    expect(asked('require scan')).toEqual([{ ignored: [] }]);
    expect(asked('require scan by "grype"', { parameters: { ignored_vulnerabilities: ignored } })).toEqual([
      { by: 'grype', ignored },
    ]);
  });

  it('is not decided by a list of what is ignored that cannot be read', () => {
    const parameters = { ignored_vulnerabilities: [{ id: 'CVE-2026-1', because: 'for ever' }] };
    const said = judge('require scan', ['nginx'], {
      data: { parameters },
      evidence: { scan: report({}) },
    });
    expect(said).toHaveLength(1);
  });
});

describe('require sbom', () => {
  it('by an authority takes what is verified', () => {
    const policy = 'require sbom by data.keys.release';
    expect(say(policy, 'sbom', { status: 'verified', document: {} })).toEqual([]);
    expect(say(policy, 'sbom', { status: 'found', document: {} })).toHaveLength(1);
  });

  it('where sees the document', () => {
    const policy = 'require sbom where { sbom.spdxVersion == "SPDX-2.3" }';
    expect(say(policy, 'sbom', { status: 'found', document: { spdxVersion: 'SPDX-2.3' } })).toEqual([]);
    expect(say(policy, 'sbom', { status: 'found', document: {} })[0]!.message).toBe(
      'the software bill of materials does not satisfy "where"',
    );
    expect(say(policy, 'sbom', { status: 'found' })).toHaveLength(1);
  });
});

describe('base', () => {
  const known = (...images: Json[]) => ({ status: 'found', images });

  it('deny denies where one matches', () => {
    const policy = 'deny base "docker.io/library/centos"';
    expect(say(policy, 'base', known('debian:12', 'alpine'))).toEqual([]);
    expect(say(policy, 'base', known('debian:12', 'centos:7'))).toEqual([
      {
        rule: 'deny_base',
        image: 'nginx',
        message: 'base image "debian:12, centos:7" is denied by "docker.io/library/centos"',
        expected: 'a base image that matches none of docker.io/library/centos',
        found: 'debian:12, centos:7',
      },
    ]);
  });

  it('allow allows where each matches one of the alternatives', () => {
    const policy = 'allow base "docker.io/library/debian"\nallow base "gcr.io/distroless/*"';
    expect(say(policy, 'base', known('debian:12', 'gcr.io/distroless/base'))).toEqual([]);
    expect(say(policy, 'base', known('debian:12', 'centos:7'))[0]).toMatchObject({
      rule: 'allow_base',
      message: 'base image "debian:12, centos:7" is not allowed',
      expected: 'a base image that matches one of docker.io/library/debian, gcr.io/distroless/*',
    });
  });

  it.each(['deny base "centos"', 'allow base "debian"', 'allow base "a"\nallow base "debian"'])(
    '%s denies where the base is not known',
    policy => {
      for (const answer of [known(), known(''), known(7), { status: 'found' }, { status: 'absent' }])
        expect(say(policy, 'base', answer)).toHaveLength(1);
      expect(say(policy, 'base', { status: 'unavailable' })[0]!.indeterminate).toBe(true);
    },
  );
});
