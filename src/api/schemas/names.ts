import * as z from 'zod';
import { namePattern } from '../../bundles/index.ts';

/** A name that is chosen once and stands in addresses. */
export const name = z
  .string()
  .regex(namePattern, 'expected 1 to 64 characters of a to z, 0 to 9 and -, with no - at either end')
  .meta({ examples: ['acme'] });

/** One line for people. */
export const label = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'expected a text without control characters');
