import { type Branch, isMapping, itemsOf, type Node, textOf } from './branch.ts';
import { parseDockerfile } from './dockerfile.ts';
import { dockerfileValue, imagesOf } from './dockerfile-images.ts';
import { interpolate } from './interpolation.ts';
import { pointerText } from './manifest-walk.ts';
import { Unreadable } from './problem.ts';
import { addImage, type ServicePlace } from './service-place.ts';

const ofImage = 'docker-image://';

/** Reads what a service is built from: a Dockerfile in the compose file itself, images as contexts. */
export function readBuild(build: Node, offset: number, place: ServicePlace): void {
  if (!isMapping(build)) {
    noteDockerfile(textOf(build) ?? '.', offset, place);
    return;
  }
  const inline = textOf(build.get('dockerfile_inline'));
  if (inline === undefined) noteDockerfile(textOf(build.get('context')) ?? '.', offset, place);
  else readInline(inline, build, place);
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

function readInline(text: string, build: Branch, place: ServicePlace): void {
  const offset = build.offsetOf('dockerfile_inline');
  const path = pointerText([...place.pointer, 'build', 'dockerfile_inline']);
  try {
    const dockerfile = parseDockerfile(text.replaceAll('$$', '$'), argumentsOf(build.get('args')));
    place.findings.objects.push(dockerfileValue(dockerfile));
    const offsets = offsetsOfLines(place.source.text, offset, text.split('\n'));
    for (const image of imagesOf(dockerfile)) {
      const at = offsets[image.line - 1] ?? offset;
      const named = { container: place.name, container_type: image.type, path: path + image.path };
      place.findings.addImage(place.source, at, image.ref, named);
    }
  } catch (thrown) {
    if (!(thrown instanceof Unreadable) || thrown.code === 'limit_error') throw thrown;
    place.findings.addProblem(place.source, offset, `dockerfile_inline: ${thrown.message}`);
  }
}

/** Where the lines of a block scalar stand: each is searched in the file from where the one before ended. */
function offsetsOfLines(text: string, start: number, lines: readonly string[]): readonly number[] {
  let at = start;
  return lines.map(line => {
    const bare = line.trim();
    const found = bare === '' ? -1 : text.indexOf(bare, at);
    if (found === -1) return at;
    at = found + bare.length;
    return found;
  });
}

/** `args` as a mapping or as a list of `NAME=value`; null where the value comes from the environment. */
function argumentsOf(args: Node | undefined): ReadonlyMap<string, string | null> {
  const given = new Map<string, string | null>();
  const put = (name: string, value: string | undefined) =>
    given.set(
      name,
      value === undefined ? null : (interpolate(value, { lookup: () => undefined, escape: '$' }) ?? null),
    );
  if (isMapping(args))
    args.members.forEach((member, i) => {
      const isValue = member !== null && typeof member !== 'object';
      put(args.keys![i]!, isValue ? String(member) : undefined);
    });
  for (const item of itemsOf(args)) {
    const text = textOf(item) ?? '';
    const equals = text.indexOf('=');
    put(equals === -1 ? text : text.slice(0, equals), equals === -1 ? undefined : text.slice(equals + 1));
  }
  return given;
}

/** `additional_contexts` as a mapping or as a list of `name=docker-image://reference`. */
function readContexts(contexts: Node | undefined, place: ServicePlace): void {
  const branch =
    typeof contexts === 'object' && contexts !== null && 'members' in contexts ? contexts : undefined;
  branch?.members.forEach((member, i) => {
    const at = textOf(member)?.indexOf(ofImage) ?? -1;
    if (at === -1) return;
    const ref = textOf(member)!.slice(at + ofImage.length);
    const key = branch.keys?.[i] ?? String(i);
    const path = pointerText([...place.pointer, 'build', 'additional_contexts', key]);
    addImage(place, branch.offsets[i]!, ref, { container_type: 'stage', path });
  });
}
