import type { Route } from '../route.ts';
import { batchRoute } from './batch.ts';
import { bundleRoutes } from './bundles/index.ts';
import { checkRoute } from './check.ts';
import { decisionRoutes } from './decisions/decisions.ts';
import { evaluateRoute } from './evaluate.ts';
import { evidenceRoutes } from './evidence/evidence.ts';
import { exemptionRoutes } from './exemptions/exemptions.ts';
import { healthRoute } from './health.ts';
import { kubernetesRoutes } from './kubernetes/index.ts';
import { metricsRoute } from './metrics.ts';
import { opaRoutes } from './opa/index.ts';
import { organisationRoutes } from './organisations/index.ts';
import { policyRoutes } from './policies/index.ts';
import { referenceRoutes } from './reference.ts';

const service: readonly Route[] = [
  ...[evaluateRoute, batchRoute, checkRoute],
  ...organisationRoutes,
  ...policyRoutes,
  ...exemptionRoutes,
  ...decisionRoutes,
  ...evidenceRoutes,
  ...bundleRoutes,
  ...kubernetesRoutes,
  ...opaRoutes,
  ...[healthRoute, metricsRoute],
];

/** Every route, in the order of the reference. */
export const routes: readonly Route[] = [...service, ...referenceRoutes(service)];
