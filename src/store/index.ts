export { type AuditEntry, auditRow, type Change, listAudit } from './audit.ts';
export { type Bindings, bindingChecks } from './bindings.ts';
export { violates } from './constraint.ts';
export { type Database, openDatabase } from './database.ts';
export { type DecisionMessage, type DecisionRecord, toMessages } from './decision-messages.ts';
export { consumeDecisions, sendDecisions } from './decision-queue.ts';
export {
  type DecisionQuery,
  type DecisionSummary,
  listDecisions,
  purgeDecisions,
  readDecisions,
  type StoredDecision,
  writeDecisions,
} from './decisions.ts';
export { newIdentifier, newUlid, ulidTime } from './identifiers.ts';
export { libraryFiles } from './library.ts';
export {
  changeOrganisation,
  createOrganisation,
  defaultSettings,
  findOrganisation,
  listOrganisations,
  type NewOrganisation,
  type Organisation,
  type OrganisationChange,
} from './organisations.ts';
export { recordVersion } from './policy-versions.ts';
export type { AuditDetails, ClaimConditions, OrganisationSettings, Role } from './records.ts';
export {
  createToken,
  hashSecret,
  type IssuedToken,
  listTokens,
  mostTokens,
  type NewToken,
  recordUse,
  revokeToken,
  type StoredToken,
  tokenById,
} from './tokens.ts';
export {
  createTrustRule,
  listTrustRules,
  liveTrustRules,
  mostTrustRules,
  type NewTrustRule,
  revokeTrustRule,
  type StoredTrustRule,
} from './trust-rules.ts';
