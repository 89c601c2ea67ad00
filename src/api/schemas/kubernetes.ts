import * as z from 'zod';
import { json, jsonObject } from './json.ts';

/**
 * Gatekeeper's external data protocol. Source: open-policy-agent/frameworks,
 * `constraint/pkg/externaldata/{request,response}.go`.
 */
export const providerVersions = [
  'externaldata.gatekeeper.sh/v1beta1',
  'externaldata.gatekeeper.sh/v1alpha1',
] as const;

export const providerRequest = z
  .object({
    apiVersion: z.enum(providerVersions),
    kind: z.literal('ProviderRequest'),
    request: z.object({
      keys: z.array(z.string()).nullish().meta({ description: 'Image references' }),
    }),
  })
  .meta({ id: 'ProviderRequest' });

export const providerResponseBody = z
  .object({
    apiVersion: z.enum(providerVersions),
    kind: z.literal('ProviderResponse'),
    response: z.object({
      idempotent: z.literal(true),
      items: z.array(z.object({ key: z.string(), value: json.optional(), error: z.string().optional() })),
      systemError: z.string().meta({ description: 'Why there is no answer now; empty where there is one' }),
    }),
  })
  .meta({ id: 'ProviderResponse' });

/** The older differs in nothing that is used here. */
export const admissionVersions = ['admission.k8s.io/v1', 'admission.k8s.io/v1beta1'] as const;

const userInfo = z.object({ username: z.string().optional(), groups: z.array(z.string()).nullish() });

export const admissionReview = z
  .object({
    apiVersion: z.enum(admissionVersions),
    kind: z.literal('AdmissionReview'),
    request: z.object({
      uid: z.string().min(1).max(200),
      operation: z.enum(['CREATE', 'UPDATE', 'DELETE', 'CONNECT']),
      namespace: z.string().optional(),
      name: z.string().optional(),
      dryRun: z.boolean().nullish(),
      userInfo: userInfo.nullish(),
      object: jsonObject.nullish(),
      oldObject: jsonObject.nullish(),
    }),
  })
  .meta({ id: 'AdmissionReview' });

export const admissionResponseBody = z
  .object({
    apiVersion: z.enum(admissionVersions),
    kind: z.literal('AdmissionReview'),
    response: z.object({
      uid: z.string(),
      allowed: z.boolean(),
      status: z.object({ code: z.int(), message: z.string(), reason: z.string() }).optional(),
      warnings: z.array(z.string()).optional(),
      auditAnnotations: z.record(z.string(), z.string()).optional(),
      patchType: z.literal('JSONPatch').optional(),
      patch: z.string().optional().meta({ description: 'RFC 6902, in base64' }),
    }),
  })
  .meta({ id: 'AdmissionResponse' });
