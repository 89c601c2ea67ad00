-- Organisations and what they share; src/store/schema.ts has the same tables, SCHEMA.md what they are for.

CREATE TABLE audit (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (org, id)
) STRICT;

CREATE TABLE bases (
  org TEXT NOT NULL,
  policy TEXT NOT NULL,
  number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  base_org TEXT NOT NULL,
  base_policy TEXT NOT NULL,
  selector TEXT NOT NULL CHECK (selector IN ('channel', 'version', 'digest')),
  selected TEXT NOT NULL,
  PRIMARY KEY (org, policy, number, position)
) STRICT;

CREATE TABLE channels (
  org TEXT NOT NULL,
  policy TEXT NOT NULL,
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  moved_at INTEGER NOT NULL,
  moved_by TEXT NOT NULL,
  PRIMARY KEY (org, policy, name)
) STRICT;

CREATE TABLE contents (
  org TEXT NOT NULL,
  digest TEXT NOT NULL,
  files TEXT NOT NULL,
  PRIMARY KEY (org, digest)
) STRICT;

CREATE TABLE decision_parts (
  org TEXT NOT NULL,
  decision TEXT NOT NULL,
  part INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (org, decision, part)
) STRICT;

CREATE INDEX decision_parts_expiry ON decision_parts (expires_at);

CREATE TABLE decision_terms (
  org TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'policy')),
  term TEXT NOT NULL,
  decision TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (org, kind, term, decision)
) STRICT;

CREATE INDEX decision_terms_expiry ON decision_terms (expires_at);

CREATE TABLE decisions (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  door TEXT NOT NULL,
  requester TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('allow', 'deny', 'indeterminate')),
  policies TEXT NOT NULL,
  input_digest TEXT NOT NULL,
  parts INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (org, id)
) STRICT;

CREATE INDEX decisions_decision ON decisions (org, decision, id);
CREATE INDEX decisions_expiry ON decisions (expires_at);

CREATE TABLE evidence (
  org TEXT NOT NULL,
  subject TEXT NOT NULL,
  digest TEXT NOT NULL,
  part INTEGER NOT NULL,
  type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  stored_by TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (org, subject, digest, part)
) STRICT;

CREATE INDEX evidence_bytes ON evidence (org, bytes);

CREATE TABLE exemptions (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  policy TEXT NOT NULL,
  owner TEXT NOT NULL,
  reason TEXT NOT NULL,
  ticket TEXT,
  images TEXT NOT NULL,
  rules TEXT NOT NULL,
  namespaces TEXT,
  indeterminate INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  revoked_at INTEGER,
  revoked_by TEXT,
  last_used_at INTEGER,
  PRIMARY KEY (org, id)
) STRICT;

CREATE INDEX exemptions_policy ON exemptions (org, policy);

CREATE TABLE moves (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  policy TEXT NOT NULL,
  channel TEXT NOT NULL,
  from_number INTEGER,
  to_number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'pending', 'rejected')),
  requested_at INTEGER NOT NULL,
  requested_by TEXT NOT NULL,
  decided_at INTEGER,
  decided_by TEXT,
  note TEXT,
  PRIMARY KEY (org, id)
) STRICT;

CREATE INDEX moves_channel ON moves (org, policy, channel);

CREATE TABLE organisations (
  name TEXT PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE policies (
  org TEXT NOT NULL,
  name TEXT NOT NULL,
  visibility TEXT NOT NULL CHECK (visibility IN ('private', 'org', 'public')),
  approvals TEXT NOT NULL,
  latest INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (org, name)
) STRICT;

CREATE TABLE registries (
  org TEXT NOT NULL,
  host TEXT NOT NULL,
  sealed TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (org, host)
) STRICT;

CREATE TABLE signing_keys (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  public_key TEXT NOT NULL,
  sealed TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  retired_at INTEGER,
  PRIMARY KEY (org, id)
) STRICT;

CREATE TABLE subscriptions (
  org TEXT NOT NULL,
  base_org TEXT NOT NULL,
  base_policy TEXT NOT NULL,
  selector TEXT NOT NULL CHECK (selector IN ('channel', 'version', 'digest')),
  selected TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (org, base_org, base_policy)
) STRICT;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY NOT NULL,
  org TEXT NOT NULL,
  hash TEXT NOT NULL,
  label TEXT NOT NULL,
  roles TEXT NOT NULL,
  policies TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;

CREATE INDEX tokens_org ON tokens (org);

CREATE TABLE trust_rules (
  org TEXT NOT NULL,
  id TEXT NOT NULL,
  label TEXT NOT NULL,
  issuer TEXT NOT NULL,
  audience TEXT NOT NULL,
  claims TEXT NOT NULL,
  roles TEXT NOT NULL,
  policies TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  revoked_at INTEGER,
  PRIMARY KEY (org, id)
) STRICT;

CREATE TABLE usage (
  org TEXT NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (org, kind, day)
) STRICT;

CREATE TABLE versions (
  org TEXT NOT NULL,
  policy TEXT NOT NULL,
  number INTEGER NOT NULL,
  digest TEXT NOT NULL,
  manifest TEXT NOT NULL,
  note TEXT,
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (org, policy, number)
) STRICT;

CREATE UNIQUE INDEX versions_digest ON versions (org, policy, digest);

