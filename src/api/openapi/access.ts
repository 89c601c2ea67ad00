import type { JsonObject } from '../../values/index.ts';
import type { ProblemCode } from '../problem.ts';
import type { Access } from '../route.ts';

/** The credential that `security` of an operation names. */
export const securitySchemes: JsonObject = {
  credential: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token (`pqt_…`) or the identity token of a CI job; for the operator its own token',
  },
};

const needed = { credential: [] };

/** Who is let in, as OpenAPI has it: any one of these. */
export function securityOf(access: Access): readonly JsonObject[] {
  if (access === 'anyone') return [];
  return access === 'decision' ? [{}, needed] : [needed];
}

/** Who is let in, as a sentence. */
export function accessText(access: Access): string {
  if (access === 'anyone') return 'Needs no credential.';
  if (access === 'operator') return 'Needs the token of the operator.';
  if (access === 'decision') return 'Needs a credential for policies of an organisation.';
  return `Needs the role \`${access.role}\`.`;
}

/** The problems that come of who asks, whatever the route does. */
export function accessProblems(access: Access): readonly ProblemCode[] {
  if (access === 'anyone') return [];
  if (access === 'operator') return ['unauthorized', 'not_configured'];
  const refused = ['unauthorized', 'forbidden', 'rate_limited', 'not_configured'] as const;
  return access === 'decision' ? [...refused, 'quota_exceeded'] : [...refused, 'not_found'];
}
