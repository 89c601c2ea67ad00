import * as z from 'zod';
import { limits } from '../../base/index.ts';
import { diagnosticBody } from './answers.ts';
import { json, texts } from './json.ts';
import { name } from './names.ts';
import { listOf } from './organisations.ts';
import { submissionBody } from './request.ts';
import { verdictBody } from './verdict.ts';

const note = z
  .string()
  .max(1_000)
  .regex(/^\P{Cc}*$/u, 'expected a text without control characters')
  .meta({ description: 'For people: what changed, and why' });

export const newVersionBody = z
  .strictObject({
    files: texts.meta({
      description:
        `The files of the version by path, ${limits.versionFiles} at most: .policy, .rego, _test.rego, ` +
        'data.json or data.yaml, policy.yaml',
    }),
    note: note.optional(),
  })
  .meta({ id: 'NewVersion' });

const rule = z.strictObject({
  name: z.string().meta({ examples: ['acme.production.deny_tag'] }),
  kind: z.string(),
  title: z.string().optional(),
  severity: z.enum(['error', 'warning']),
});

const described = {
  title: z.string().optional(),
  description: z.string().optional(),
  rego: z.enum(['v0', 'v1']),
  extends: z.array(z.string()).meta({ description: 'The layers below, as they are written' }),
  locked: z.array(z.string()).meta({ description: 'What layers above cannot lift or set' }),
  packages: z.array(z.string()),
  rules: z.array(rule).meta({ description: 'Of this layer' }),
  parameters: z.record(z.string(), json).meta({ description: 'JSON schemas of `data.parameters`, by name' }),
  tests: z.int(),
};

const versionHead = {
  version: z.int(),
  digest: z.string().meta({ description: '`sha256:…` of its files' }),
  note: z.string().optional(),
  published_at: z.string(),
  published_by: z.string(),
};

export const publishedAnswer = z
  .strictObject({
    policy: z.string(),
    ...versionHead,
    ...described,
    revision: z.int().meta({ description: 'Of the policy' }),
    warnings: z.array(diagnosticBody),
  })
  .meta({ id: 'PublishedVersion' });

export const versionAnswer = z
  .strictObject({
    policy: z.string(),
    ...versionHead,
    ...described,
    files: texts,
  })
  .meta({ id: 'PolicyVersion' });

export const versionListAnswer = listOf(
  z.strictObject({ ...versionHead, title: z.string().optional(), tests: z.int() }),
  'PolicyVersionList',
);

const channel = z.strictObject({
  name: z.string(),
  version: z.int(),
  revision: z.int(),
  moved_at: z.string(),
  moved_by: z.string(),
});

const visibility = z.enum(['private', 'org', 'public']).meta({
  description:
    '`private`: for those whose token names it, and those who do more than evaluate; `org`: for the ' +
    'organisation; `public`: for every organisation that subscribes',
});

const approvals = z
  .array(name)
  .max(50)
  .meta({ description: 'Channels that move only when another identity than the publisher’s approves' });

export const policyAnswer = z
  .strictObject({
    name: z.string(),
    visibility,
    approvals,
    revision: z.int(),
    created_at: z.string(),
    created_by: z.string(),
    latest: z.strictObject({ ...versionHead, ...described }),
    channels: z.array(channel),
  })
  .meta({ id: 'Policy' });

export const policyListAnswer = listOf(
  z.strictObject({
    name: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    visibility,
    latest: z.int(),
    channels: z.record(z.string(), z.int()),
  }),
  'PolicyList',
);

export const policyChangeBody = z
  .strictObject({ visibility: visibility.optional(), approvals: approvals.optional() })
  .meta({ id: 'PolicyChange' });

export const channelBody = z
  .strictObject({
    version: z.union([z.int().positive(), z.string().regex(/^sha256:[0-9a-f]{64}$/u)]).meta({
      description: 'A version by its number or its digest; moving back is the rollback',
    }),
    note: note.optional(),
  })
  .meta({ id: 'ChannelMove' });

const move = z.strictObject({
  id: z.string(),
  from: z.int().optional(),
  to: z.int(),
  state: z.enum(['done', 'pending', 'rejected']),
  note: z.string().optional(),
  requested_at: z.string(),
  requested_by: z.string(),
  decided_at: z.string().optional(),
  decided_by: z.string().optional(),
});

export const channelAnswer = z
  .strictObject({
    policy: z.string(),
    channel: channel.optional().meta({ description: 'Absent where it points at nothing yet' }),
    needs_approval: z.boolean(),
    moves: z.array(move).meta({ description: 'The newest first' }),
    next: z.string().optional(),
  })
  .meta({ id: 'Channel' });

export const moveAnswer = z.strictObject({ move, channel: channel.optional() }).meta({ id: 'Move' });

export const moveDecisionBody = z
  .strictObject({ decision: z.enum(['approve', 'reject']) })
  .meta({ id: 'MoveDecision' });

export const diffBody = z
  .strictObject({ ...submissionBody.shape })
  .meta({ id: 'DiffRequest', description: 'What both versions are to decide upon' });

export const diffAnswer = z
  .strictObject({
    policy: z.string(),
    from: z.int(),
    to: z.int(),
    files: z.array(
      z.strictObject({
        path: z.string(),
        change: z.enum(['added', 'removed', 'changed']),
        diff: z.string().meta({ description: 'A unified diff' }),
      }),
    ),
    rules: z
      .array(
        z.strictObject({
          rule: z.string(),
          change: z.enum(['added', 'removed', 'changed']),
          decides: z.boolean().meta({ description: 'Whether it decides, or only others read it' }),
          layer: z.string().optional(),
        }),
      )
      .meta({
        description:
          'By what they mean: layout, comments and names of variables count for nothing, what they read does. ' +
          'Layers are taken as they stand now',
      }),
    verdicts: z
      .strictObject({
        from: verdictBody,
        to: verdictBody,
        changed: z.array(
          z.strictObject({
            ref: z.string(),
            from: z.string(),
            to: z.string(),
          }),
        ),
      })
      .optional()
      .meta({ description: 'Where a submission was sent; `changed` are images whose decision is another' }),
  })
  .meta({ id: 'Diff' });

export const catalogueAnswer = listOf(
  z.strictObject({
    policy: z.string().meta({ examples: ['acme/baseline'] }),
    title: z.string().optional(),
    description: z.string().optional(),
    visibility,
    latest: z.int(),
    published_at: z.string(),
    rules: z.int(),
    tests: z.int(),
    subscription: z.string().optional().meta({ description: 'The selector, where it is followed' }),
  }),
  'Catalogue',
);

export const subscriptionBody = z
  .strictObject({
    selector: z.string().max(100).default('stable').meta({
      description: 'What the policy stands for where no selector is given: a channel, a version, a digest',
    }),
  })
  .meta({ id: 'NewSubscription' });

const subscription = z.strictObject({
  policy: z.string(),
  selector: z.string(),
  created_at: z.string(),
  created_by: z.string(),
});

export const subscriptionAnswer = subscription.meta({ id: 'Subscription' });

export const subscriptionListAnswer = listOf(subscription, 'SubscriptionList');
