import type { Route } from '../../route.ts';
import { auditRoute } from './audit.ts';
import { operatorRoutes } from './organisations.ts';
import { registryRoutes } from './registries.ts';
import { settingsRoutes } from './settings.ts';
import { tokenRoutes } from './tokens.ts';
import { trustRuleRoutes } from './trust-rules.ts';

/** Organisations themselves, and who may do what in them. */
export const organisationRoutes: readonly Route[] = [
  ...operatorRoutes,
  ...settingsRoutes,
  ...tokenRoutes,
  ...trustRuleRoutes,
  ...registryRoutes,
  auditRoute,
];
