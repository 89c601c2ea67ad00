/**
 * The tables of D1. `migrations/` makes them, SCHEMA.md explains them, and a test holds the three together.
 * Every row of an organisation has `org` first in its key, so that no query can do without it. Times are
 * milliseconds since 1970; `…_by` is the identity of a principal: `token:ID`, `oidc:ISSUER#SUBJECT`, `operator`.
 */

export * from './schema/access.ts';
export * from './schema/policies.ts';
export * from './schema/record.ts';
