import { describe, expect, it } from 'vitest';
import { isAddress, isPublicAddress, isPublicName } from '../../src/evidence/public-address.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    'takes %s',
    address => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['unspecified', '0.0.0.0', '0.1.2.3', '::'],
    ['loopback', '127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::7f00:1'],
    ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '::ffff:a00:1', 'fd00:ec2::254'],
    ['link-local', '169.254.169.254', 'fe80::1', 'fec0::1', '::ffff:169.254.169.254'],
    ['shared', '100.64.0.1', '100.100.100.200', '100.127.255.255'],
    ['multicast or broadcast', '224.0.0.1', '239.1.1.1', '255.255.255.255', 'ff02::1'],
    ['reserved', '192.0.0.192', '192.0.2.1', '198.18.0.1', '203.0.113.7', '240.0.0.1', '2001:db8::1'],
    ['around IPv4', '64:ff9b::a00:1', '64:ff9b:1::1', '2002:a00:1::', '2001::1', '::ffff:0:10.0.0.1'],
    ['of a cloud’s inside', '168.63.129.16', '::ffff:168.63.129.16'],
    ['no address', '', 'acme.io', '8.8.8', '08.8.8.8', '0x8.8.8.8', '134744072', 'fe80::1%eth0', '2606::%1'],
  ])('refuses what is %s', (_, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});

describe('isAddress', () => {
  it('takes the usual forms alone', () => {
    const texts = ['8.8.8.8', '::1', '::ffff:1.2.3.4', '1.2.3', '0x7f.0.0.1', '010.0.0.1', 'a.b.c.d', ''];
    expect(texts.filter(isAddress)).toEqual(['8.8.8.8', '::1', '::ffff:1.2.3.4']);
  });
});

describe('isPublicName', () => {
  it.each(['acme.io', 'api.internal.acme.io', 'localhost.acme.io', 'corp.com'])('takes %s', name => {
    expect(isPublicName(name)).toBe(true);
  });

  it.each([
    'localhost',
    'api',
    'a.localhost',
    'metadata.google.internal',
    'printer.local',
    'db.corp',
    'nas.home.arpa',
    '',
  ])('refuses %j', name => {
    expect(isPublicName(name)).toBe(false);
  });
});
