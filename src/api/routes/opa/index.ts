import type { Route } from '../../route.ts';
import { dataRoutes } from './data.ts';
import { policyRoutes } from './policies.ts';

/** `/opa/{org}/{policy}`, the address of an OPA to its clients. */
export const opaRoutes: readonly Route[] = [...dataRoutes, ...policyRoutes];
