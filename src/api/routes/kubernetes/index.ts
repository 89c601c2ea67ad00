import type { Route } from '../../route.ts';
import { admissionRoutes } from './admission.ts';
import { gatekeeperRoutes } from './gatekeeper.ts';
import { installRoute } from './install.ts';

/** Where clusters ask. */
export const kubernetesRoutes: readonly Route[] = [...gatekeeperRoutes, ...admissionRoutes, installRoute];
