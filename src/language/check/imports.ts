import { type Environment, importedAs } from '../normal/environment.ts';

/** Reports two imports of one name, and imports whose name a rule of the package has. */
export function checkImports(environment: Environment): void {
  const seen = new Set<string>();
  for (const declaration of environment.module.imports) {
    const root = declaration.path[0];
    if (root !== 'data' && root !== 'input') continue;
    const name = importedAs(declaration);
    const span = declaration.alias?.span ?? declaration.pathSpan;
    if (seen.has(name))
      environment.report('rego_compile_error', span, `import must not shadow import ${name}`);
    seen.add(name);
  }
}
