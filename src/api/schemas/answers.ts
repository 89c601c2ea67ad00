import * as z from 'zod';
import { problems } from '../problem.ts';
import { json } from './json.ts';
import { policyIdentity, verdictBody } from './verdict.ts';

export const diagnosticBody = z
  .strictObject({
    code: z.string().meta({ examples: ['rego_parse_error'] }),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    file: z.string(),
    line: z.int(),
    column: z.int(),
    end_line: z.int(),
    end_column: z.int(),
    frame: z.string().meta({ description: 'The source lines, a line of carets below' }),
    hint: z.string().optional(),
    related: z
      .array(z.strictObject({ message: z.string(), file: z.string(), line: z.int(), column: z.int() }))
      .optional(),
  })
  .meta({ id: 'Diagnostic', description: 'What is wrong with a text, and where; lines and columns from 1' });

export const problemBody = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z
      .enum(Object.keys(problems) as [string, ...string[]])
      .meta({ description: 'Stable: what to test for' }),
    detail: z.string(),
    request_id: z.string().optional(),
    diagnostics: z.array(diagnosticBody).optional(),
    errors: z
      .array(z.strictObject({ pointer: z.string(), message: z.string(), hint: z.string().optional() }))
      .optional(),
    tests: z
      .array(
        z.strictObject({
          name: z.string(),
          outcome: z.string(),
          file: z.string(),
          line: z.int(),
          column: z.int(),
          text: z.string(),
        }),
      )
      .optional(),
    line: z.int().optional(),
    column: z.int().optional(),
    hint: z.string().optional(),
    limit: z.string().optional(),
    available: z.array(z.string()).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

export const batchAnswer = z
  .strictObject({
    summary: z.strictObject({ allow: z.int(), deny: z.int(), indeterminate: z.int(), failed: z.int() }),
    results: z.record(z.string(), z.union([verdictBody, problemBody])).meta({
      description: 'By your ids: a verdict, or a problem where a submission could not be read',
    }),
  })
  .meta({ id: 'BatchAnswer' });

const rule = z.strictObject({
  name: z.string(),
  kind: z.enum(['statement', 'exempt', 'deny', 'violation', 'warn', 'allow']),
  severity: z.enum(['error', 'warning']),
  verb: z.string().optional(),
  noun: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  custom: json.optional(),
  source: z.strictObject({ file: z.string(), line: z.int(), column: z.int() }),
});

export const checkAnswer = z
  .strictObject({
    ok: z.boolean().meta({ description: 'Every policy compiles' }),
    diagnostics: z.array(diagnosticBody),
    policies: z.array(
      z.strictObject({
        ...policyIdentity.shape,
        packages: z.array(
          z.strictObject({
            path: z.string().meta({ examples: ['acme.production'] }),
            title: z.string().optional(),
            description: z.string().optional(),
            rules: z.array(rule),
          }),
        ),
        evidence: z.array(z.string()).meta({ description: 'The functions by which it can ask for evidence' }),
      }),
    ),
  })
  .meta({ id: 'CheckAnswer' });

export const healthAnswer = z
  .strictObject({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    bindings: z.record(z.string(), z.enum(['ok', 'unavailable'])),
  })
  .meta({ id: 'Health' });
