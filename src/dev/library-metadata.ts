import { parseModule } from '../../grammar/index.ts';
import { annotationsOf } from '../language/index.ts';

/** What METADATA says above the package of a policy of the library. */
export interface PolicyMetadata {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly severity: string;
  /** What each name below `data.parameters` holds. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The items of published standards that it serves, with their titles: `NIST SP 800-190 4.1.5`. */
  readonly controls: Readonly<Record<string, string>>;
  /** The parameter that holds the patterns which let an image in; absent where there is none. */
  readonly allow_list?: string;
}

/** The metadata of a policy's text; undefined where nothing stands above its package. */
export function policyMetadata(text: string): PolicyMetadata | undefined {
  const { module } = parseModule(text, { version: 'v1', dialect: 'policy' });
  if (module === undefined) return undefined;
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const annotation = annotationsOf(module, lineOf).find(({ scope }) => scope === 'package');
  if (annotation === undefined) return undefined;
  const { title = '', description = '', fields } = annotation;
  const custom = (fields['custom'] ?? {}) as unknown as Partial<PolicyMetadata>;
  const { category = '', severity = '', parameters = {}, controls = {}, allow_list } = custom;
  return {
    title,
    description,
    category,
    severity,
    parameters,
    controls,
    ...(allow_list !== undefined && { allow_list }),
  };
}
