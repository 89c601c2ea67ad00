import { compare, equals } from '../values/index.ts';
import type { BuiltinFunction } from './builtin.ts';

export const comparisonFamily: Readonly<Record<string, BuiltinFunction>> = {
  equal: (_context, a, b) => equals(a!, b!),
  neq: (_context, a, b) => !equals(a!, b!),
  lt: (_context, a, b) => compare(a!, b!) < 0,
  lte: (_context, a, b) => compare(a!, b!) <= 0,
  gt: (_context, a, b) => compare(a!, b!) > 0,
  gte: (_context, a, b) => compare(a!, b!) >= 0,
};
