import { BigNumber, type Scalar } from '../values/index.ts';
import { Unreadable } from './problem.ts';
import { resolvePlain } from './yaml-scalar.ts';

const standard = 'tag:yaml.org,2002:';

/** The name of a standard tag (`!!str`, `!<tag:yaml.org,2002:str>`); undefined for any other. */
export function standardTag(written: string): string | undefined {
  if (written.startsWith('!!')) return written.slice(2);
  const verbatim = `!<${standard}`;
  return written.startsWith(verbatim) ? written.slice(verbatim.length, -1) : undefined;
}

/** The value of a scalar with a tag. Throws Unreadable where the tag is unknown or does not fit. */
export function resolveTagged(written: string, text: string, offset: number): Scalar | BigNumber {
  const tag = standardTag(written);
  if (tag === 'str' || tag === 'timestamp') return text;
  const value = resolvePlain(text);
  const fits = tag !== undefined && Object.hasOwn(checks, tag) ? checks[tag] : undefined;
  if (fits === undefined) throw unknownTag(written, offset);
  if (!fits(value)) throw new Unreadable(`"${text.slice(0, 60)}" is no value of the tag ${written}`, offset);
  return value;
}

export function unknownTag(written: string, offset: number): Unreadable {
  return new Unreadable(
    `the tag ${written} is not read: what it would make of its value is not known`,
    offset,
    'manifest_error',
    'write the value itself, without the tag',
  );
}

const checks: Readonly<Record<string, (value: Scalar | BigNumber) => boolean>> = {
  int: isNumber,
  float: isNumber,
  bool: value => typeof value === 'boolean',
  null: value => value === null,
};

function isNumber(value: Scalar | BigNumber): boolean {
  return typeof value === 'number' || value instanceof BigNumber;
}
