import { Buffer } from 'node:buffer';
import type * as z from 'zod';
import { printable, visible } from '../../base/index.ts';
import type { Json } from '../../values/index.ts';
import { admissionReview, admissionVersions } from '../schemas/kubernetes.ts';

export type AdmissionRequest = z.output<typeof admissionReview>['request'];

export interface AdmissionReview {
  readonly apiVersion: (typeof admissionVersions)[number];
  readonly request: AdmissionRequest;
}

/** What is answered to the API server; `message` is shown to who asked. */
export interface AdmissionAnswer {
  readonly allowed: boolean;
  readonly code?: number;
  readonly message?: string;
  readonly warnings?: readonly string[];
  /** The API server puts the name of the webhook before each key. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** RFC 6902, on the object of the request. */
  readonly patch?: readonly Json[];
}

/** The review, or a sentence on why it is none. */
export function readAdmissionReview(json: Json): AdmissionReview | string {
  const result = admissionReview.safeParse(json);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  return `this is no AdmissionReview: ${path.join('.') || 'the body'}: ${message}`;
}

const MESSAGE_LENGTH = 8_000;
const WARNING_LENGTH = 120;
const WARNINGS_LENGTH = 4_000;

/**
 * The answer as an AdmissionReview of the same version. Warnings are cut to what the API server shows: 120
 * characters each, 4,000 in all; it drops those with control characters.
 */
export function admissionResponse(
  uid: string,
  answer: AdmissionAnswer,
  apiVersion: AdmissionReview['apiVersion'] = admissionVersions[0],
): Response {
  const { allowed, code = 403, message, annotations, patch = [] } = answer;
  const warnings = cutWarnings(answer.warnings ?? []);
  const response = {
    uid,
    allowed,
    ...(!allowed && {
      status: { code, message: cut(visible(message ?? ''), MESSAGE_LENGTH), reason: reasons(code) },
    }),
    ...(warnings.length > 0 && { warnings }),
    ...(annotations !== undefined && { auditAnnotations: annotations }),
    ...(allowed &&
      patch.length > 0 && {
        patchType: 'JSONPatch',
        patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
      }),
  };
  return Response.json({ apiVersion, kind: 'AdmissionReview', response });
}

function cutWarnings(warnings: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let left = WARNINGS_LENGTH;
  for (const warning of new Set(warnings)) {
    const text = cut(printable(warning).replaceAll(/\s+/gu, ' '), WARNING_LENGTH);
    left -= text.length;
    if (left < WARNING_LENGTH) return [...shown, 'there are more warnings'];
    shown.push(text);
  }
  return shown;
}

/** Cut by characters, never inside one. */
function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** The reasons of `metav1.Status` for the codes that are answered. */
function reasons(code: number): string {
  switch (code) {
    case 400:
      return 'BadRequest';
    case 401:
      return 'Unauthorized';
    case 404:
      return 'NotFound';
    case 429:
      return 'TooManyRequests';
    case 403:
      return 'Forbidden';
    default:
      return 'InternalError';
  }
}
