/** A path as Rego writes it: `data.acme["a-b"]`. */
export function pathText([first = '', ...rest]: readonly string[]): string {
  return rest.reduce(
    (text, part) => text + (isName.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`),
    first,
  );
}

const isName = /^[A-Za-z_][A-Za-z0-9_]*$/u;
