import type { Route } from '../../route.ts';
import { catalogueRoutes } from './catalogue.ts';
import { changeRoute } from './change.ts';
import { channelRoutes } from './channels.ts';
import { diffRoutes } from './diff.ts';
import { publishRoute } from './publish.ts';
import { readRoutes } from './read.ts';
import { subscriptionRoutes } from './subscriptions.ts';

/** Policies that organisations publish and share. */
export const policyRoutes: readonly Route[] = [
  publishRoute,
  changeRoute,
  ...readRoutes,
  ...channelRoutes,
  ...diffRoutes,
  ...catalogueRoutes,
  ...subscriptionRoutes,
];
