import { type Branch, textOf } from './branch.ts';
import { type Doubt, isPlausible, longest, type Surroundings } from './doubt.ts';

const imageVariable = /(?:^|_)IMAGE(?:_|$)/u;
/** A value of a chart: `image`, `controller.image.repository`, `proxyImage`. */
const imageValue = /image(?:\.(?:repository|registry|name|ref))?$/iu;
const argumentLists: ReadonlySet<string> = new Set(['args', 'command', 'entrypoint']);
const embeds: ReadonlySet<string> = new Set(['podSpecPatch', 'manifest', 'patch', 'values']);

/** `--sidecar-image=…` in the arguments of a program. */
export function doubtOfArgument(text: string, within: string): Doubt | undefined {
  if (!argumentLists.has(within)) return undefined;
  const equals = text.indexOf('=');
  const isFlag = equals !== -1 && text.startsWith('-') && /image/iu.test(text.slice(0, equals));
  const value = isFlag ? text.slice(equals + 1) : undefined;
  return value !== undefined && isPlausible(value)
    ? { value, reason: 'an argument that names an image to the program' }
    : undefined;
}

/** `{name, value}`: a variable, a value of a chart, the bundle that a resolver is to fetch. */
export function doubtOfParameter(parent: Branch, text: string): Doubt | undefined {
  const name = textOf(parent.get('name'));
  if (name === undefined || !isPlausible(text)) return undefined;
  const isReference = /[/:]/u.test(text);
  if (imageVariable.test(name) && isReference)
    return { value: text, reason: 'an environment variable that names an image to the program' };
  if (imageValue.test(name)) return { value: text, reason: 'a parameter that names an image' };
  if (name === 'bundle' && isReference)
    return { value: text, reason: 'a bundle of tasks is pulled from a registry, and its steps are not here' };
  return undefined;
}

/** Manifests that are written as text inside another, and expressions that may make one. */
export function doubtOfText(text: string, { key, apiVersion }: Surroundings): Doubt | undefined {
  const isExpression =
    key === 'expression' && apiVersion?.startsWith('admissionregistration.k8s.io/') === true;
  if (!(embeds.has(key) || isExpression) || !/image/iu.test(text)) return undefined;
  const reason = isExpression
    ? 'an expression that mentions an image may set one'
    : 'a manifest written as text, which may name images';
  return { value: text.slice(0, longest), reason };
}
