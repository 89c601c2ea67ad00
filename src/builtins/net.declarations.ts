import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, object, set, string, tuple, union } from './types.ts';

const item = union(string, array(any));
const collection = union(string, array(item), object(string, item), set(item));
const result = ['result', boolean] as const;

export const netDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'net.cidr_contains',
    [
      ['cidr', string],
      ['cidr_or_ip', string],
    ],
    result,
    'True if the network holds the address or the whole other network.',
  ),
  declare(
    'net.cidr_overlap',
    [
      ['cidr', string],
      ['cidr_or_ip', string],
    ],
    result,
    'The old name of net.cidr_contains.',
    { deprecated: true },
  ),
  declare(
    'net.cidr_contains_matches',
    [
      ['cidrs', collection],
      ['cidrs_or_ips', collection],
    ],
    ['output', set(tuple(any, any))],
    'The pairs, by their keys in the two collections, of a network and what it holds.',
  ),
  declare('net.cidr_expand', [['cidr', string]], ['hosts', set(string)], 'Every address of a network.'),
  declare(
    'net.cidr_intersects',
    [
      ['cidr1', string],
      ['cidr2', string],
    ],
    result,
    'True if the two networks share an address.',
  ),
  declare('net.cidr_is_valid', [['cidr', string]], result, 'True if the text is a network in CIDR notation.'),
  declare(
    'net.cidr_merge',
    [['addrs', union(array(union(string)), set(string))]],
    ['output', set(string)],
    'The fewest networks that hold the addresses of those given.',
  ),
  declare(
    'net.lookup_ip_addr',
    [['name', string]],
    ['addrs', set(string)],
    'The addresses of a host name, as the outside answers.',
    { nondeterministic: true, evidence: true },
  ),
];
