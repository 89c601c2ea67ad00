/** What a template is made of, once read. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | Branch
  | { readonly kind: 'template'; readonly name: string; readonly pipeline: Pipeline | undefined }
  | { readonly kind: 'break' | 'continue' };

/** `{{if}}`, `{{with}}` or `{{range}}`. */
export interface Branch {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipeline: Pipeline;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}

/** Commands, each given the result of the one before it as its last argument. */
export interface Pipeline {
  /** `$x :=`, or `$i, $x :=` of a range. */
  readonly variables: readonly string[];
  /** `$x =`: an assignment to what is declared already. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

export type Command = readonly Operand[];

export type Operand =
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: TemplateConstant }
  | { readonly kind: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'dot'; readonly fields: readonly string[] }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly fields: readonly string[] };

/** A Go int is a bigint, a Go float64 a TemplateFloat: numbers of Rego are texts to a template. */
export type TemplateConstant = string | bigint | boolean | null | TemplateFloat;

export class TemplateFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export interface Template {
  readonly main: readonly TemplateNode[];
  readonly named: ReadonlyMap<string, readonly TemplateNode[]>;
}
