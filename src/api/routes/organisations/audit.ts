import { type AuditEntry, listAudit } from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { databaseOf } from '../../deps.ts';
import { ref } from '../../openapi/operation.ts';
import { answerPage, pageParameters, readPage } from '../../requests/page.ts';
import type { Route } from '../../route.ts';
import { toTime } from '../../time.ts';

export const auditRoute: Route = {
  method: 'GET',
  path: '/v1/orgs/{org}/audit',
  access: { role: 'admin' },
  operation: {
    id: 'listAudit',
    summary: 'The audit log',
    description: 'Every change that was made in the organisation, and by whom; the newest first.',
    parameters: pageParameters,
    answers: { 200: { description: 'A page', content: { 'application/json': ref('AuditList') } } },
    problems: ['invalid_query'],
  },

  handle(context, { deps }) {
    const { org } = principalOf(context);
    const page = readPage(new URL(context.req.url).searchParams);
    return answerPage(
      page,
      more => listAudit(databaseOf(deps), org, more),
      ({ id }) => id,
      shown,
    );
  },
};

function shown({ id, at, actor, action, target, details }: AuditEntry) {
  return { id, at: toTime(at), actor, action, target, details };
}
