import type { Authenticator } from './access/authenticator.ts';
import type { DecisionLog } from './decision-log/decision-log.ts';
import type { AppDeps } from './deps.ts';
import type { Metrics } from './metrics.ts';
import type { Policies } from './policies.ts';

/** What the routes work with. */
export interface Services {
  readonly deps: AppDeps;
  readonly policies: Policies;
  readonly metrics: Metrics;
  readonly decisionLog: DecisionLog;
  readonly authenticator: Authenticator;
}
