import { Branch, isMapping, itemsOf, type Node, textOf } from './branch.ts';
import { type Dockerfile, parseDockerfile } from './dockerfile.ts';
import { imagesOf } from './dockerfile-images.ts';
import { dockerfileValue } from './dockerfile-value.ts';
import { pointerText } from './manifest-walk.ts';
import { Unreadable } from './problem.ts';
import { addImage, type ServicePlace } from './service-place.ts';

const ofImage = 'docker-image://';
/** A line of a Dockerfile is this near to the one before it: indentation, and what YAML writes as escapes. */
const nearby = 2_048;
/** The build argument that replaces the frontend which reads the Dockerfile. */
const frontend = 'BUILDKIT_SYNTAX';

/** Reads what a service is built from: a Dockerfile in the compose file itself, images as contexts. */
export function readBuild(build: Node, offset: number, place: ServicePlace): void {
  if (!isMapping(build)) {
    noteDockerfile(textOf(build) ?? '.', offset, place);
    return;
  }
  const args = argumentsOf(build.get('args'), place);
  const inline = build.get('dockerfile_inline') ?? null;
  if (inline === null) noteDockerfile(textOf(build.get('context')) ?? '.', offset, place);
  else readInline(inline, args, build, place);
  addFrontend(args.get(frontend), build, place);
  const context = textOf(build.get('context'));
  if (context?.includes(ofImage)) readContext(['context'], build.offsetOf('context'), context, place);
  readContexts(build.get('additional_contexts'), place);
}

function noteDockerfile(context: string, offset: number, place: ServicePlace): void {
  const reason = 'the service is built: the images that its Dockerfile names are not in this file';
  place.findings.addUnchecked(
    place.source,
    offset,
    pointerText([...place.pointer, 'build']),
    context,
    reason,
  );
}

function readInline(inline: Node, args: Arguments, build: Branch, place: ServicePlace): void {
  const offset = build.offsetOf('dockerfile_inline');
  const text = textOf(inline);
  if (text === undefined) {
    place.findings.addProblem(place.source, offset, 'dockerfile_inline must be a string');
    return;
  }
  if (place.unresolved.has(text)) {
    const message = 'dockerfile_inline: a variable has no known value, so what is built is not known';
    place.findings.addProblem(place.source, offset, message, 'write $$ for a dollar sign of the Dockerfile');
    return;
  }
  try {
    addStages(text, parseDockerfile(text, args), offset, place);
  } catch (thrown) {
    if (!(thrown instanceof Unreadable) || thrown.code === 'limit_error') throw thrown;
    place.findings.addProblem(place.source, offset, `dockerfile_inline: ${thrown.message}`, thrown.hint);
  }
}

function addStages(text: string, dockerfile: Dockerfile, offset: number, place: ServicePlace): void {
  const path = pointerText([...place.pointer, 'build', 'dockerfile_inline']);
  const { source, findings } = place;
  const offsets = offsetsOfLines(source.text, offset, (place.written.get(text) ?? text).split('\n'));
  const lineOf = (line: number) => source.line(offsets[line - 1] ?? offset);
  findings.objects.push(dockerfileValue(dockerfile, { file: source.path, lineOf }));
  for (const image of imagesOf(dockerfile)) {
    const at = offsets[image.line - 1] ?? offset;
    addImage(place, at, image.ref, { container_type: image.type, path: path + image.path });
  }
}

function addFrontend(ref: string | null | undefined, build: Branch, place: ServicePlace): void {
  if (ref === undefined) return;
  const path = pointerText([...place.pointer, 'build', 'args', frontend]);
  addImage(place, build.offsetOf('args'), ref ?? `\${${frontend}}`, { container_type: 'field', path });
}

/** Where the lines of a block scalar stand: each is searched in the file from where the one before ended. */
function offsetsOfLines(text: string, first: number, lines: readonly string[]): readonly number[] {
  let at = first;
  return lines.map(line => {
    const bare = line.trim();
    const found = bare === '' ? -1 : text.slice(at, at + bare.length + nearby).indexOf(bare);
    if (found === -1) return at;
    const start = at + found;
    at = start + bare.length;
    return start;
  });
}

type Arguments = ReadonlyMap<string, string | null>;

/** `args` as a mapping or as a list of `NAME=value`; null where the value comes from the environment. */
function argumentsOf(args: Node | undefined, place: ServicePlace): Arguments {
  const given = new Map<string, string | null>();
  const put = (name: string, value: string | undefined, written = value) => {
    const isKnown = value !== undefined && !place.unresolved.has(written ?? '');
    given.set(name, isKnown ? value : null);
  };
  if (isMapping(args))
    args.members.forEach((member, i) => {
      const isValue = member !== null && typeof member !== 'object';
      put(args.keys![i]!, isValue ? String(member) : undefined);
    });
  for (const item of itemsOf(args)) {
    const text = textOf(item) ?? '';
    const equals = text.indexOf('=');
    if (equals === -1) put(text, undefined);
    else put(text.slice(0, equals), text.slice(equals + 1), text);
  }
  return given;
}

/** `additional_contexts` as a mapping or as a list of `name=docker-image://reference`. */
function readContexts(contexts: Node | undefined, place: ServicePlace): void {
  if (!(contexts instanceof Branch)) return;
  contexts.members.forEach((member, i) => {
    const key = contexts.keys?.[i] ?? String(i);
    readContext(['additional_contexts', key], contexts.offsets[i]!, member, place);
  });
}

/** A context may be an image; one that is not known may be any, and is denied. */
function readContext(
  keys: readonly string[],
  offset: number,
  context: Node | undefined,
  place: ServicePlace,
): void {
  const text = textOf(context) ?? '';
  const at = text.indexOf(ofImage);
  if (at === -1 && !place.unresolved.has(text)) return;
  const ref = at === -1 || place.unresolved.has(text) ? text : text.slice(at + ofImage.length);
  const path = pointerText([...place.pointer, 'build', ...keys]);
  addImage(place, offset, ref, { container_type: 'stage', path });
}
