import type { Import } from '../../../grammar/index.ts';
import { type Environment, importedAs } from '../normal/environment.ts';
import { stages } from '../normal/stages.ts';

/** Reports two imports of one name; in Rego v0 only in strict mode. */
export function checkImports({ module, options, report, source }: Environment): void {
  if (module.version !== 'v1' && !options.strict) return;
  const seen = new Map<string, Import>();
  for (const declaration of module.imports) {
    const name = importedAs(declaration);
    const before = seen.get(name);
    if (!before) {
      seen.set(name, declaration);
      continue;
    }
    report(stages.imports, {
      code: 'rego_compile_error',
      span: declaration.span,
      message: `import must not shadow import ${before.path.join('.')}`,
      hint:
        before.path.join() === declaration.path.join() ? 'leave it out' : 'give it another name with "as"',
      related: [{ message: 'the other is here', source, span: before.span }],
    });
  }
}

/** Reports imports that nothing refers to; only once all rules are in normal form. */
export function checkUnusedImports({ module, options, report, usedImports }: Environment): void {
  if (!options.strict) return;
  const last = new Map(module.imports.map(declaration => [importedAs(declaration), declaration]));
  for (const declaration of module.imports) {
    const root = declaration.path[0];
    if (root !== 'data' && root !== 'input') continue;
    if (usedImports.has(last.get(importedAs(declaration))!)) continue;
    report(stages.unusedImports, {
      code: 'rego_compile_error',
      span: declaration.span,
      message: `import ${declaration.path.join('.')} unused`,
      hint: 'leave it out',
    });
  }
}
