import type { Authenticator } from './access/authenticator.ts';
import type { OrganisationPolicies } from './deciding/organisation-policies.ts';
import type { OrganisationRegistries } from './deciding/organisation-registry.ts';
import type { DecisionLog } from './decision-log/decision-log.ts';
import type { AppDeps } from './deps.ts';
import type { Metrics } from './metrics.ts';
import type { Policies } from './policies.ts';

/** What the routes work with. */
export interface Services {
  readonly deps: AppDeps;
  readonly policies: Policies;
  readonly organisationPolicies: OrganisationPolicies;
  readonly organisationRegistries: OrganisationRegistries;
  readonly metrics: Metrics;
  readonly decisionLog: DecisionLog;
  readonly authenticator: Authenticator;
}
