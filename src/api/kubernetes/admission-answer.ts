import type { Verdict, Violation } from '../../decide/index.ts';
import type { Image } from '../../images/index.ts';
import type { JsonObject } from '../../values/index.ts';
import type { AdmissionAnswer, AdmissionRequest } from './admission-review.ts';
import type { AdmissionSettings } from './admission-settings.ts';

/** Why a request is let in that the policy's rules would not let in, or were not asked about. */
export type Waiver = 'operation' | 'exempt-namespace' | 'unchanged-images' | 'break-glass';

/** The waiver that needs no verdict; undefined where one is needed. */
export function waivedUnread(
  { operation, namespace }: AdmissionRequest,
  { exempt_namespaces }: AdmissionSettings,
): Waiver | undefined {
  if (operation === 'DELETE' || operation === 'CONNECT') return 'operation';
  return namespace !== undefined && exempt_namespaces.includes(namespace) ? 'exempt-namespace' : undefined;
}

/**
 * The waiver of a request that the verdict does not allow, as far as the policy grants one and there is need of it;
 * `changed` gives the images that were not there before.
 */
export function waived(
  verdict: Verdict,
  request: AdmissionRequest,
  settings: AdmissionSettings,
  changed: () => readonly Image[],
): Waiver | undefined {
  if (verdict.decision === 'allow') return undefined;
  const mayStay = settings.unchanged_images === 'allow' && request.operation === 'UPDATE';
  if (mayStay && onlyUnchanged(verdict, changed)) return 'unchanged-images';
  return breaksGlass(request, settings) ? 'break-glass' : undefined;
}

/** What a waiver that was granted before a verdict answers. */
export function waivedAnswer(waiver: Waiver): AdmissionAnswer {
  return { allowed: true, annotations: { 'admitted-by': waiver } };
}

export function admissionAnswer(verdict: Verdict, waiver?: Waiver): AdmissionAnswer {
  const allowed = verdict.decision === 'allow' || waiver !== undefined;
  const message = denialOf(verdict);
  return {
    allowed,
    ...(!allowed && { message }),
    warnings: [
      ...(waiver === 'break-glass' ? [`let in by break-glass although: ${message}`] : []),
      ...warningsOf(verdict).map(spoken),
    ],
    annotations: {
      decision: verdict.decision,
      'decision-id': verdict.decision_id,
      policy: verdict.policy.map(({ name, digest }) => `${name} ${digest}`).join(', '),
      ...(waiver !== undefined && { 'admitted-by': waiver }),
    },
  };
}

/** Whether all that stands against the request is said of its images, and of none that has changed. */
function onlyUnchanged({ images, violations, errors }: Verdict, changed: () => readonly Image[]): boolean {
  const refused = new Set(images.filter(({ decision }) => decision !== 'allow').map(({ ref }) => ref));
  const isOfImages = standing(violations).every(({ image }) => image !== undefined && refused.has(image));
  return errors.length === 0 && isOfImages && !changed().some(({ ref }) => refused.has(ref));
}

/** Whether a request has the annotation with a reason, by somebody whom the policy lets do so. */
export function breaksGlass(request: AdmissionRequest, { break_glass }: AdmissionSettings): boolean {
  if (break_glass === undefined) return false;
  const { annotation, users = [], groups = [] } = break_glass;
  const { username, groups: member } = request.userInfo ?? {};
  const trusted =
    (username !== undefined && users.includes(username)) ||
    (member ?? []).some(group => groups.includes(group));
  return trusted && annotationOf(request.object ?? {}, annotation).trim() !== '';
}

function annotationOf(object: JsonObject, name: string): string {
  const { annotations } = recordOf(object['metadata']);
  const value = recordOf(annotations)[name];
  return typeof value === 'string' ? value : '';
}

function recordOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** What is shown to who asked: each violation on a line of its own. */
function denialOf({ policy, violations, errors, decision_id }: Verdict): string {
  const names = policy.map(({ name }) => name).join(', ');
  const lines = [...standing(violations).map(spoken), ...errors.map(({ message }) => message)];
  return [`not allowed by ${names} (decision ${decision_id})`, ...lines].join('\n');
}

function spoken({ image, message, because, rule }: Violation): string {
  const about = image === undefined ? '' : `${image}: `;
  return `${about}${message}${because === undefined ? '' : ` (${because})`} [${rule}]`;
}

function standing(violations: readonly Violation[]): readonly Violation[] {
  return violations.filter(({ severity, exempted }) => severity === 'error' && exempted === null);
}

function warningsOf({ violations }: Verdict): readonly Violation[] {
  return violations.filter(({ severity, exempted }) => severity === 'warning' && exempted === null);
}
