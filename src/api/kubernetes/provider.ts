import { limits } from '../../base/index.ts';
import type { Json } from '../../values/index.ts';
import { providerRequest, providerVersions } from '../schemas/kubernetes.ts';

type ApiVersion = (typeof providerVersions)[number];

/** What Gatekeeper asks; each key once, in the order in which they were first written. */
export interface ProviderRequest {
  readonly apiVersion: ApiVersion;
  readonly keys: readonly string[];
}

/** The answer to one key: `error` is for what stays wrong however often it is asked, for it is remembered. */
export type ProviderItem =
  | { readonly key: string; readonly value: Json }
  | { readonly key: string; readonly error: string };

export interface ProviderAnswer {
  readonly items: readonly ProviderItem[];
  /** Why keys have no answer now; Gatekeeper takes none of the items then, and asks again. */
  readonly systemError?: string;
}

/** The request, or a sentence on why it is none. */
export function readProviderRequest(json: Json): ProviderRequest | string {
  const result = providerRequest.safeParse(json);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    return `this is no ProviderRequest: ${path.join('.') || 'the body'}: ${message}`;
  }
  const { apiVersion, request } = result.data;
  const keys = [...new Set(request.keys ?? [])];
  if (keys.length > limits.providerKeys)
    return `${keys.length} keys were asked at once; at most ${limits.providerKeys} are answered`;
  return { apiVersion, keys };
}

/**
 * Always status 200: Gatekeeper looks at no status, and reads any JSON that is no ProviderResponse as one
 * that is empty, which templates have taken for an allow.
 */
export function providerResponse(
  { items, systemError = '' }: ProviderAnswer,
  apiVersion: ApiVersion = providerVersions[0],
): Response {
  const response = { idempotent: true, items, systemError };
  return Response.json({ apiVersion, kind: 'ProviderResponse', response });
}
