import { describe, expect, it } from 'vitest';
import { type ReportCriteria, readReportCriteria } from '../../src/images/index.ts';
import { fromJson, type Json, ObjectValue, SetValue, toJson } from '../../src/values/index.ts';

const key = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n';
const entry = { id: 'CVE-2026-0001', until: '2027-01-31', because: 'OPS-1' };
const read = (criteria: Json) => readReportCriteria(fromJson(criteria));

describe('criteria for reports', () => {
  it('ask for nothing where they are empty', () => {
    expect(read({})).toEqual({ scanners: [], ignored: [] });
  });

  it('tell scanners from authorities', () => {
    expect(read({ by: 'trivy' })).toMatchObject({ scanners: ['trivy'] });
    expect(read({ by: 'trivy' })).not.toHaveProperty('authorities');
    for (const by of [{ key }, ['trivy', { key }, 'grype']]) {
      const { authorities } = read({ by }) as ReportCriteria;
      expect(toJson(authorities!)).toEqual([{ key }]);
    }
    expect(read({ by: ['trivy', { key }, 'grype'] })).toMatchObject({ scanners: ['trivy', 'grype'] });
  });

  it('list what is ignored, in an array or a set', () => {
    const list = { ...entry, package: 'openssl' };
    const ignored = [{ ...list, until: { text: '2027-01-31T00:00:00Z' } }];
    expect(read({ ignored: [list] })).toMatchObject({ ignored });
    const set = ObjectValue.of([['ignored', SetValue.of([fromJson(list)])]]);
    expect(readReportCriteria(set)).toMatchObject({ ignored });
  });

  it.each<[string, Json, string]>([
    ['no object', [], 'criteria are an object, not array'],
    ['a field that is not known', { within: '7d' }, 'criteria have by and ignored, not "within"'],
    ['an empty list', { by: [] }, 'by is an empty list'],
    ['an empty name', { by: '' }, 'the name of a scanner is empty'],
    [
      'an authority without identity',
      { by: ['trivy', { issuer: 'https://a' }] },
      'an authority needs subject',
    ],
    ['null', { by: null }, 'an authority is an object, not null'],
    ['ignored that is no list', { ignored: entry }, 'ignored vulnerabilities are a list, not object'],
    ['an entry that is none', { ignored: ['CVE-1'] }, 'ignored vulnerability 1: it is an object, not string'],
    ['no id', { ignored: [{ ...entry, id: ' ' }] }, 'ignored vulnerability 1: it needs an id'],
    ['no reason', { ignored: [{ ...entry, because: '' }] }, 'needs because'],
    [
      'no end',
      { ignored: [entry, { ...entry, until: null }] },
      'ignored vulnerability 2: CVE-2026-0001 needs until',
    ],
    ['an end that is no date', { ignored: [{ ...entry, until: '2027-02-30' }] }, 'needs until'],
    [
      'a field of an entry that is not known',
      { ignored: [{ ...entry, untill: '' }] },
      '"untill" is no field',
    ],
  ])('are refused where they are %s', (_, criteria, problem) => {
    expect(read(criteria)).toContain(problem);
  });
});
