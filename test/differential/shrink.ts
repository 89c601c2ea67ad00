import { parseModule } from '../../grammar/index.ts';
import type { Program } from './generator/program.ts';

/** Whether a smaller program still shows what is looked for. */
type Shows = (program: Program) => Promise<boolean>;

interface Part {
  readonly kind?: string;
  readonly span?: { readonly start: number; readonly end: number };
}

const statements = new Set(['rule', 'import', 'expr', 'not', 'some', 'someIn', 'every', 'with', 'else']);
const termKinds = new Set([
  'null',
  'boolean',
  'number',
  'string',
  'template',
  'var',
  'ref',
  'call',
  'array',
  'object',
  'set',
  'arrayComprehension',
  'setComprehension',
  'objectComprehension',
  'infix',
  'membership',
]);

/** A program that shows the same and from which nothing more could be taken, within `most` tries. */
export async function shrink(program: Program, shows: Shows, most = 600): Promise<Program> {
  let best = program;
  let tries = 0;
  const attempt = async (smaller: Program): Promise<boolean> => {
    if (tries++ >= most || !(await shows(smaller))) return false;
    best = smaller;
    return true;
  };
  if (best.modules.length > 1) await attempt({ ...best, modules: best.modules.slice(1) });
  await attempt({ ...best, strict: false });
  for (const input of [undefined, '{}']) await attempt({ ...best, input });
  for (let changed = true; changed && tries < most; ) {
    changed = false;
    for (let at = 0; at < best.modules.length; at++) {
      for (const text of candidates(best.modules[at]!.text)) {
        const modules = best.modules.with(at, { ...best.modules[at]!, text });
        if (!(await attempt({ ...best, modules }))) continue;
        changed = true;
        break;
      }
    }
  }
  return best;
}

/** The text with one part taken out or made simpler, the largest parts first. */
function* candidates(text: string): Generator<string> {
  const { module } = parseModule(text);
  if (module === undefined) {
    yield* withoutLines(text);
    return;
  }
  const parts = [...partsOf(module)].sort((a, b) => length(b) - length(a));
  for (const part of parts) yield* simpler(text, part);
}

function* withoutLines(text: string): Generator<string> {
  const lines = text.split('\n');
  for (let at = 1; at < lines.length; at++) yield lines.toSpliced(at, 1).join('\n');
  const words = text.split(/(?<=\s)/u);
  for (let at = 2; at < words.length; at++) yield words.toSpliced(at, 1).join('');
}

function* simpler(text: string, part: Part): Generator<string> {
  const { start, end } = part.span!;
  const put = (middle: string) => text.slice(0, start) + middle + text.slice(end);
  if (statements.has(part.kind!)) yield put('');
  if (part.kind === 'body') yield put('true');
  if (!termKinds.has(part.kind!) || end - start < 2) return;
  const inner = [...partsOf(part)].filter(each => each !== part && termKinds.has(each.kind!));
  for (const each of inner) yield put(text.slice(each.span!.start, each.span!.end));
  const written = text.slice(start, end);
  for (const plain of ['1', '"a"', 'true', '[]', '{}']) if (plain.length < written.length) yield put(plain);
  if (part.kind === 'array' || part.kind === 'object' || part.kind === 'set') yield* fewer(text, part);
}

function* fewer(
  text: string,
  part: Part & { readonly items?: readonly Part[]; readonly entries?: readonly Part[] },
): Generator<string> {
  const items = part.items ?? part.entries ?? [];
  const { start, end } = part.span!;
  for (const leftOut of items) {
    const rest = items
      .filter(each => each !== leftOut)
      .map(each => text.slice(each.span!.start, each.span!.end));
    yield text.slice(0, start + 1) + rest.join(', ') + text.slice(end - 1);
  }
}

function length({ span }: Part): number {
  return span!.end - span!.start;
}

function* partsOf(node: unknown): Generator<Part> {
  if (node === null || typeof node !== 'object') return;
  const part = node as Part;
  if (part.kind !== undefined && part.span !== undefined && part.kind !== 'module') yield part;
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const each of value) yield* partsOf(each);
    else yield* partsOf(value);
  }
}
