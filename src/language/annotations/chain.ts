import type { Module, Rule } from '../../../grammar/index.ts';
import type { SourceFile } from '../../base/index.ts';
import { ObjectValue, type Value } from '../../values/index.ts';
import type { RuleMetadata } from '../normal/metadata.ts';
import { constantPath, pathKey } from '../normal/rule-index.ts';
import type { Problem } from '../normal/stages.ts';
import type { Annotation, SchemaDeclaration } from './annotation.ts';

interface AnnotatedFile {
  readonly source: SourceFile;
  readonly lowered: { readonly module: Module };
  readonly annotations: readonly Annotation[];
}

interface Placed {
  readonly annotation: Annotation;
  readonly path: readonly string[];
  readonly source: SourceFile;
}

/** The annotations of all modules, by what they are about. */
export class ModuleAnnotations {
  private readonly files: readonly AnnotatedFile[];
  private readonly byModule: ReadonlyMap<Module, readonly Annotation[]>;
  private readonly byRule = new Map<Module, Map<number, Placed[]>>();
  private readonly documents = new Map<string, Placed>();
  private readonly packages = new Map<string, Placed>();
  private readonly subpackages = new Map<string, Placed>();
  private readonly repeated: { readonly first: Placed; readonly second: Placed }[] = [];

  constructor(files: readonly AnnotatedFile[]) {
    this.files = files;
    this.byModule = new Map(files.map(({ lowered, annotations }) => [lowered.module, annotations]));
    for (const file of files) for (const annotation of file.annotations) this.add(file, annotation);
  }

  /** The annotations of a module, in source order. */
  of(module: Module): readonly Annotation[] {
    return this.byModule.get(module) ?? [];
  }

  /** Reports what is annotated twice where only one annotation can be. */
  report(report: (source: SourceFile, problem: Problem) => void): void {
    for (const { first, second } of this.repeated) {
      report(second.source, {
        code: 'rego_type_error',
        span: second.annotation.span,
        message: `${second.annotation.scope} annotation redeclared: ${['data', ...second.path].join('.')} has one already`,
        hint: 'keep one of them, or give one the scope of a rule',
        related: [{ message: 'the other is here', source: first.source, span: first.annotation.span }],
      });
    }
  }

  /** What `rego.metadata.rule()` and `rego.metadata.chain()` give in a rule. */
  metadata(module: Module, rule: Rule): RuleMetadata {
    const own = this.ruleAnnotations(module, rule.span.start);
    const path = [...module.package.path, ...constantPath(rule.head)];
    const closest = own.toReversed().map(({ annotation }) => link(path, annotation));
    const around = [this.documents.get(pathKey(path)), ...this.packageAnnotations(module)];
    return {
      rule: own[0]?.annotation.value ?? ObjectValue.of([]),
      chain: [
        ...(closest.length === 0 ? [link(path)] : closest),
        ...around.flatMap(placed => (placed ? [link(placed.path, placed.annotation)] : [])),
      ],
    };
  }

  /** The schemas that apply to the rule at an offset of a module, the widest scope first. */
  schemas(module: Module, start: number): readonly SchemaDeclaration[] {
    if (!this.hasSchemas()) return [];
    const own = this.ruleAnnotations(module, start);
    const rule = module.items.find(item => item.span.start === start);
    const path = rule?.kind === 'rule' && [...module.package.path, ...constantPath(rule.head)];
    const document = path ? this.documents.get(pathKey(path)) : undefined;
    const around = this.packageAnnotations(module).toReversed();
    return [...around, document, ...own].flatMap(placed => placed?.annotation.schemas ?? []);
  }

  private hasSchemas(): boolean {
    this.any ??= this.files.some(file => file.annotations.some(({ schemas }) => schemas.length > 0));
    return this.any;
  }
  private any: boolean | undefined;

  /** Those of the package itself, then those of the packages above that cover it, inwards out. */
  private packageAnnotations({ package: { path } }: Module): (Placed | undefined)[] {
    const prefixes = Array.from({ length: path.length + 1 }, (_, length) => path.slice(0, length));
    const covering = prefixes.toReversed().map(prefix => this.subpackages.get(pathKey(prefix)));
    return [this.packages.get(pathKey(path)), ...covering];
  }

  private ruleAnnotations(module: Module, start: number): readonly Placed[] {
    return this.byRule.get(module)?.get(start) ?? [];
  }

  private add({ source, lowered }: AnnotatedFile, annotation: Annotation): void {
    const { item, scope } = annotation;
    const { path } = lowered.module.package;
    const ruleName = item?.kind === 'rule' ? constantPath(item.head) : [];
    const placed = { annotation, path: item ? [...path, ...ruleName] : path, source };
    if (scope === 'rule' && item) {
      const rules = this.byRule.get(lowered.module) ?? new Map<number, Placed[]>();
      this.byRule.set(lowered.module, rules);
      rules.set(item.span.start, [...(rules.get(item.span.start) ?? []), placed]);
    } else if (scope === 'document') this.once(this.documents, placed);
    else this.once(scope === 'package' ? this.packages : this.subpackages, placed);
  }

  private once(index: Map<string, Placed>, placed: Placed): void {
    const key = pathKey(placed.path);
    const first = index.get(key);
    if (first) this.repeated.push({ first, second: placed });
    else index.set(key, placed);
  }
}

function link(path: readonly string[], annotation?: Annotation): Value {
  const at: [Value, Value] = ['path', [...path]];
  return ObjectValue.of(annotation ? [at, ['annotations', annotation.value]] : [at]);
}
