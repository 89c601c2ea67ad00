import type { SourceFile } from '../base/index.ts';
import { type Branch, isMapping, itemsOf, type Node, textOf } from './branch.ts';
import { readBuild } from './compose-build.ts';
import { interpolateTree } from './compose-values.ts';
import type { Findings } from './findings.ts';
import { pointerText } from './manifest-walk.ts';
import { addImage, type ServicePlace } from './service-place.ts';

/** Whether a document is a compose file, where nothing else says so: it has services and is no Kubernetes object. */
export function isCompose(root: Branch): boolean {
  const services = root.get('services');
  const isObject = ['apiVersion', 'kind'].every(key => textOf(root.get(key)) !== undefined);
  return isMapping(services) && !isObject && services.members.some(isMapping);
}

/** Adds the images of a compose file, variables put in where they have defaults, and the document as parsed. */
export function readCompose(
  document: Branch,
  pointer: readonly string[],
  source: SourceFile,
  findings: Findings,
): void {
  findings.objects.push(document.value);
  const { root, unresolved, written } = interpolateTree(document);
  const services = root.get('services');
  noteIncludes(root, pointer, source, findings);
  noteModels(root.get('models'), pointer, source, findings);
  if (services === undefined && root.get('include') !== undefined) return;
  if (!isMapping(services)) {
    const offset = Math.max(0, root.offsetOf('services'));
    findings.addProblem(
      source,
      offset,
      'a compose file must have services',
      'put them under the key services',
    );
    return;
  }
  services.members.forEach((service, i) => {
    const name = services.keys![i]!;
    const place = { source, findings, name, pointer: [...pointer, 'services', name], unresolved, written };
    if (isMapping(service)) readService(service, place);
    else
      findings.addProblem(
        source,
        services.offsets[i]!,
        `the service "${name.slice(0, 60)}" must be an object`,
      );
  });
}

function readService(service: Branch, place: ServicePlace): void {
  service.keys!.forEach((key, i) => {
    const member = service.members[i]!;
    const offset = service.offsets[i]!;
    if (key === 'image') addServiceImage(service, member, offset, place);
    else if (key === 'build' && member !== null) readBuild(member, offset, place);
    else if (key === 'volumes') readVolumes(member, place);
    else if (key === 'extends') noteExtends(member, offset, place);
  });
}

function addServiceImage(service: Branch, member: Node, offset: number, place: ServicePlace): void {
  if (member === null) return;
  if (typeof member !== 'string') {
    place.findings.addProblem(place.source, offset, 'an image must be a string');
    return;
  }
  const policy = textOf(service.get('pull_policy'));
  addImage(place, offset, member, {
    container_type: 'service',
    path: pointerText([...place.pointer, 'image']),
    ...(policy !== undefined && { pull_policy: policy }),
  });
}

/** `type: image` mounts what an image holds. */
function readVolumes(volumes: Node, place: ServicePlace): void {
  itemsOf(volumes).forEach((volume, i) => {
    if (!isMapping(volume)) return;
    const type = textOf(volume.get('type')) ?? '';
    const key = type === 'image' ? 'source' : place.unresolved.has(type) ? 'type' : undefined;
    const ref = key === undefined ? null : (volume.get(key) ?? null);
    if (key === undefined || ref === null) return;
    const offset = volume.offsetOf(key);
    const path = pointerText([...place.pointer, 'volumes', String(i), key]);
    if (typeof ref === 'string') addImage(place, offset, ref, { container_type: 'volume', path });
    else place.findings.addProblem(place.source, offset, 'an image must be a string');
  });
}

function noteExtends(member: Node, offset: number, place: ServicePlace): void {
  const file = isMapping(member) ? textOf(member.get('file')) : undefined;
  if (file === undefined) return;
  const path = pointerText([...place.pointer, 'extends', 'file']);
  place.findings.addUnchecked(place.source, offset, path, file, 'the service is continued in another file');
}

function noteIncludes(
  root: Branch,
  pointer: readonly string[],
  source: SourceFile,
  findings: Findings,
): void {
  const included = root.get('include');
  itemsOf(included).forEach((item, i) => {
    const file = isMapping(item) ? textOf(item.get('path')) : textOf(item);
    const path = pointerText([...pointer, 'include', String(i)]);
    if (file !== undefined)
      findings.addUnchecked(source, root.offsetOf('include'), path, file, 'another compose file is included');
  });
}

/** Models are pulled from registries as images are. */
function noteModels(
  models: Node | undefined,
  pointer: readonly string[],
  source: SourceFile,
  findings: Findings,
): void {
  if (!isMapping(models)) return;
  models.members.forEach((model, i) => {
    const ref = isMapping(model) ? textOf(model.get('model')) : undefined;
    const path = pointerText([...pointer, 'models', models.keys![i]!, 'model']);
    if (ref !== undefined)
      findings.addUnchecked(source, models.offsets[i]!, path, ref, 'a model is no container');
  });
}
