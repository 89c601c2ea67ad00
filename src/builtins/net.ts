import { isArray, isObject, isSet, SetBuilder, SetValue, type Value } from '../values/index.ts';
import { type Address, parseAddress, printAddress } from './address.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import {
  type Cidr,
  containsAddress,
  containsCidr,
  mergeCidrs,
  parseCidr,
  printCidr,
  sizeOf,
} from './cidr.ts';
import { askOutside, reasonOf } from './evidence.ts';
import { asString } from './operands.ts';

export const netFamily: Readonly<Record<string, BuiltinFunction>> = {
  'net.cidr_contains': (_context, cidr, other) => contains(cidr!, other!),
  'net.cidr_overlap': (_context, cidr, other) => contains(cidr!, other!),
  'net.cidr_contains_matches': containsMatches,
  'net.cidr_expand': expand,
  'net.cidr_intersects': (_context, left, right) => intersects(cidrOperand(left!), cidrOperand(right!)),
  'net.cidr_is_valid': (_context, text) => typeof text === 'string' && parseCidr(text) !== undefined,
  'net.cidr_merge': merge,
  'net.lookup_ip_addr': lookUp,
};

function cidrOperand(value: Value): Cidr {
  const text = asString(value, 1);
  return parseCidr(text) ?? fail(`invalid CIDR address: ${text}`);
}

function contains(outer: Value, inner: Value): boolean {
  const cidr = cidrOperand(outer);
  const text = asString(inner, 1);
  const address = parseAddress(text);
  if (address) return containsAddress(cidr, address);
  const other = parseCidr(text);
  return other
    ? containsCidr(cidr, other)
    : fail(`not a valid textual representation of an IP address or CIDR: ${text}`);
}

function intersects(a: Cidr, b: Cidr): boolean {
  return containsAddress(a, b.address) || containsAddress(b, a.address);
}

function containsMatches(context: BuiltinContext, outer: Value, inner: Value): Value {
  const matches = new SetBuilder();
  for (const [cidr, outerKey] of networks(outer, 1))
    for (const [other, innerKey] of networks(inner, 2)) {
      if (--context.budget.steps < 0) context.budget.exhausted('steps');
      if (!contains(cidr, other)) continue;
      context.budget.charge(2);
      matches.add([outerKey, innerKey]);
    }
  return matches.build();
}

/** What stands for a network in a collection, with its key there. */
function* networks(collection: Value, operand: number): Generator<readonly [network: Value, key: Value]> {
  if (typeof collection === 'string') yield [collection, collection];
  else if (isArray(collection))
    for (const [i, item] of collection.entries()) yield [networkOf(item, operand), i];
  else if (isSet(collection)) for (const item of collection.items()) yield [networkOf(item, operand), item];
  else if (isObject(collection))
    for (const [key, item] of collection.entries()) yield [networkOf(item, operand), key];
}

function networkOf(item: Value, operand: number): Value {
  if (typeof item === 'string') return item;
  const first = isArray(item) ? item[0] : undefined;
  if (first === undefined) return fail(`operand ${operand}: element must be string or non-empty array`);
  return first;
}

function expand(context: BuiltinContext, operand: Value): Value {
  const cidr = cidrOperand(operand);
  const size = sizeOf(cidr);
  context.budget.charge(Number(size));
  const addresses = new SetBuilder();
  for (let i = 0n; i < size; i++)
    addresses.add(printAddress({ family: cidr.address.family, value: cidr.address.value + i }));
  return addresses.build();
}

function merge(_context: BuiltinContext, operand: Value): Value {
  if (!isArray(operand) && !isSet(operand)) return fail('operand must be an array');
  const cidrs = (isArray(operand) ? operand : operand.items()).map(mergeable);
  return SetValue.of(mergeCidrs(cidrs).map(printCidr));
}

/** A network; a bare IPv4 address stands in that of its historic class, and a bare IPv6 address in none. */
function mergeable(value: Value): Cidr {
  if (typeof value !== 'string') return fail('element must be string');
  const address = parseAddress(value);
  if (address === undefined) return parseCidr(value) ?? fail(`invalid CIDR address: ${value}`);
  return address.family === 4
    ? { address, prefix: classPrefix(address) }
    : fail('IPv6 invalid: needs prefix length');
}

function classPrefix(address: Address): number {
  const first = address.value >> 24n;
  return first < 128n ? 8 : first < 192n ? 16 : 24;
}

function lookUp(context: BuiltinContext, operand: Value): Value | undefined {
  const name = asString(operand, 1);
  const address = parseAddress(name);
  if (address) return SetValue.of([printAddress(address)]);
  if (name.toLowerCase() === 'localhost') return SetValue.of(['127.0.0.1', '::1']);
  const answer = askOutside(context, 'net.lookup_ip_addr', name, name);
  if (answer === undefined || isSet(answer)) return answer;
  return fail(`net.lookup_ip_addr: ${reasonOf(answer)}`);
}

function fail(message: string): never {
  throw new BuiltinError(message);
}
