import { describe, expect, it } from 'vitest';
import { agreesWithOpa, call, outcome, recorded } from './agreement.ts';

agreesWithOpa('X.509', recorded('x509'));

describe('malformed certificates', () => {
  const isError = { code: 'eval_builtin_error' };

  it('are errors, however they end', () => {
    const base64 = recorded('x509').map(row => row[1][0])[8] as string;
    const bytes = Buffer.from(base64, 'base64');
    for (let length = 1; length < bytes.length; length += 7) {
      const cut = bytes.subarray(0, length).toString('base64');
      expect(outcome('crypto.x509.parse_certificates', cut)).toEqual(isError);
      expect(call('crypto.x509.parse_and_verify_certificates', cut)).toEqual(
        call('crypto.x509.parse_and_verify_certificates', 'x'),
      );
    }
  });

  it('may be long texts of markers', () => {
    const markers = '-----BEGIN CERTIFICATE-----\n'.repeat(20_000);
    expect(outcome('crypto.x509.parse_certificates', markers)).toEqual({ value: '[]' });
  });
});
