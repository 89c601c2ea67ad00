import type { Route } from '../../route.ts';

/** The route, and the same with a credential at the end of its path. */
export function withTokenPath(route: Route): readonly Route[] {
  const { path, operation } = route;
  const { id, description } = operation;
  return [
    route,
    {
      ...route,
      path: `${path}/{token}`,
      operation: {
        ...operation,
        id: `${id}ByPath`,
        description: `${description} For clients that can send no header the access token stands in the path.`,
      },
    },
  ];
}
