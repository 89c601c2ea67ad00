import type { Route } from '../../route.ts';
import { bundleRoute } from './bundle.ts';
import { keyRoutes } from './keys.ts';

/** Policies as OPA pulls them, and the keys that they are signed by. */
export const bundleRoutes: readonly Route[] = [bundleRoute, ...keyRoutes];
