import type { Rule, Span, Statement } from '../../../grammar/index.ts';
import type { Json, Value } from '../../values/index.ts';

export type AnnotationScope = 'rule' | 'document' | 'package' | 'subpackages';

/** One `# METADATA` block. `fields` is what its YAML says, `scope` left out of it. */
export interface Annotation {
  readonly scope: AnnotationScope;
  readonly fields: { readonly [key: string]: Json };
  readonly title?: string;
  readonly description?: string;
  /** What it stands above; absent for packages. */
  readonly item?: Rule | Statement;
  readonly start: number;
  /** Of its first line. */
  readonly span: Span;
  /** What `rego.metadata.rule()` gives. */
  readonly value: Value;
  readonly schemas: readonly SchemaDeclaration[];
}

/** What a document at a path looks like. Schemas by name are not read: `definition` is absent then. */
export interface SchemaDeclaration {
  readonly path: readonly string[];
  readonly definition?: Json;
  readonly span: Span;
}
