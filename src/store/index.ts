export { type AuditEntry, auditRow, type Change, listAudit } from './audit.ts';
export { type Bindings, bindingChecks } from './bindings.ts';
export {
  answerMove,
  type ChannelKey,
  findMove,
  listMoves,
  type MoveResult,
  moveChannel,
  type NewMove,
  type StoredChannel,
  type StoredMove,
} from './channels.ts';
export { violates } from './constraint.ts';
export { contentText, readContents } from './contents.ts';
export { cutText } from './cut-text.ts';
export { type Database, openDatabase } from './database.ts';
export { type DecisionMessage, type DecisionRecord, toMessages } from './decision-messages.ts';
export { consumeDecisions, sendDecisions } from './decision-queue.ts';
export { purgeDecisions } from './decision-retention.ts';
export { writeDecisions } from './decision-writing.ts';
export {
  type DecisionQuery,
  type DecisionSummary,
  findDecision,
  listDecisions,
  readDecisions,
  type StoredDecision,
} from './decisions.ts';
export { findDependents } from './dependents.ts';
export { type Door, type DoorQuestion, readDoor } from './door.ts';
export {
  type EvidenceEntry,
  listEvidence,
  mostEvidenceBytes,
  removeEvidence,
  storeEvidence,
} from './evidence-store.ts';
export { type ExemptibleRules, exemptibleRules } from './exemptible-rules.ts';
export {
  createExemption,
  type ExemptionQuery,
  type ExemptionState,
  findExemption,
  listExemptions,
  liveExemptions,
  mostExemptions,
  revokeExemption,
  type StoredExemption,
  stateOf,
} from './exemptions.ts';
export { newIdentifier, newUlid, timeOfUlid, ulidTime } from './identifiers.ts';
export { libraryFiles } from './library.ts';
export { opaLibrary } from './opa-library.ts';
export { OrganisationEvidence } from './organisation-evidence.ts';
export {
  changeOrganisation,
  createOrganisation,
  defaultSettings,
  deleteOrganisation,
  findOrganisation,
  listOrganisations,
  type NewOrganisation,
  type Organisation,
  type OrganisationChange,
} from './organisations.ts';
export { PlanStore } from './plans.ts';
export {
  changePolicy,
  findPolicy,
  listPolicies,
  type PolicyHead,
  type SeenPolicies,
  type Visibility,
} from './policies.ts';
export { recordVersion } from './policy-versions.ts';
export { type Precondition, PreconditionError } from './precondition.ts';
export {
  chargeQuota,
  countUse,
  exceedsQuota,
  type QuotaKind,
  quotas,
  secondsToMidnight,
  type Use,
  type Used,
  usedToday,
} from './quotas.ts';
export type { AuditDetails, ClaimConditions, OrganisationSettings, Role } from './records.ts';
export {
  deleteRegistry,
  mostRegistries,
  putRegistry,
  type RegistryChange,
  registriesOf,
  type StoredRegistry,
} from './registries.ts';
export { type Pin, type ResolvedPolicy, resolveReferences, TooManyLayers } from './resolution.ts';
export { type SealedFor, Sealer } from './sealing.ts';
export {
  addSigningKey,
  listSigningKeys,
  type NewSigningKey,
  rotateSigningKey,
  type StoredSigningKey,
  signingKeyOf,
} from './signing-keys.ts';
export {
  type CatalogueEntry,
  listCatalogue,
  listSubscriptions,
  type StoredSubscription,
  subscribe,
  unsubscribe,
} from './subscriptions.ts';
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
export {
  findVersion,
  listVersions,
  type NewVersion,
  type PublishedVersion,
  publishVersion,
  type StoredVersion,
} from './versions.ts';
