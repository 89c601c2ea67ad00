import { env } from 'cloudflare:workers';
import { createOrganisation, createToken, openDatabase, type Role } from '../../src/store/index.ts';

const database = openDatabase(env.DB);
const day = 86_400_000;

/** An organisation to test with, and what its admin sends along. */
export interface TestOrganisation {
  readonly name: string;
  readonly admin: Headers;
}

export async function newOrganisation(name: string): Promise<TestOrganisation> {
  const now = Date.now();
  const token = await createOrganisation(
    database,
    { name, title: name, createdBy: 'operator', tokenExpiresAt: now + day },
    now,
  );
  return { name, admin: bearer(token.text) };
}

/** What a caller with these roles sends along; for these policies, or for all. */
export async function tokenOf(
  { name }: TestOrganisation,
  roles: readonly Role[],
  policies?: readonly string[],
): Promise<Headers> {
  const now = Date.now();
  const token = { org: name, label: 'test', roles, expiresAt: now + day, createdBy: 'operator' };
  const { text } = await createToken(database, { ...token, ...(policies && { policies }) }, now);
  return bearer(text);
}

export function bearer(text: string): Headers {
  return new Headers({ authorization: `Bearer ${text}` });
}
