import { BigNumber, isArray, ObjectValue, SetValue, type Value } from '../../values/index.ts';
import type { Sbom, ScanReport } from './report.ts';

/** What a policy sees of a report, apart from what the statements on it read. */
export interface DocumentExtras {
  /** What the report does not say, and a policy might ask for. */
  readonly notes: readonly string[];
}

/**
 * A scan report as a policy sees it: `scanner`, `created_at` (RFC 3339), `vulnerabilities` with `id` and `severity`
 * each, `suppressed` with the reason of each, `image`, `summary` and `notes`; `raw` is the report as it came.
 */
export function scanDocument(report: ScanReport, { notes }: DocumentExtras): ObjectValue {
  const { created_at: created, unfit: _, raw, ...fields } = report;
  const summary = Object.entries(Object.groupBy(report.vulnerabilities, ({ severity }) => severity));
  return toObject({
    ...fields,
    created_at: created?.text,
    summary: Object.fromEntries(summary.map(([severity, found]) => [severity, found.length])),
    notes,
    raw,
  });
}

/** An SBOM as a policy sees it: `packages` with `name`, `version`, `purl`, `licenses` and `supplier` each. */
export function sbomDocument(sbom: Sbom, { notes }: DocumentExtras): ObjectValue {
  const { created_at: created, raw, ...fields } = sbom;
  return toObject({ ...fields, created_at: created?.text, notes, raw });
}

function toObject(fields: object): ObjectValue {
  return toValue(fields, new Map()) as ObjectValue;
}

/** Objects become Rego objects without what is undefined; what several share is made once. */
function toValue(item: unknown, made: Map<object, Value>): Value {
  if (typeof item !== 'object' || item === null) return item as Value;
  if (item instanceof ObjectValue || item instanceof SetValue || item instanceof BigNumber) return item;
  const known = made.get(item);
  if (known !== undefined) return known;
  const value = isArray(item as Value)
    ? (item as readonly unknown[]).map(part => toValue(part, made))
    : ObjectValue.of(
        Object.entries(item)
          .filter(([, part]) => part !== undefined)
          .map(([key, part]): [string, Value] => [key, toValue(part, made)]),
      );
  made.set(item, value);
  return value;
}
