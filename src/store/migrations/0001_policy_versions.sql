-- Immutable versions of policies, by the digest of what they are made of.
CREATE TABLE policy_versions (
  digest TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- JSON: [{ "path": …, "text": … }]
  files TEXT NOT NULL,
  -- JSON
  data TEXT NOT NULL,
  published_at TEXT NOT NULL
) STRICT;

CREATE INDEX policy_versions_by_name ON policy_versions (name, published_at);
