-- The refusals of the last hour of each run of a member, for the other members and the next run.
CREATE TABLE refusal (
  run CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  identity_id BIGINT NOT NULL,
  entity_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  entity_id BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  parent_id BIGINT NOT NULL,
  entitlement VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request TEXT NOT NULL,
  times BIGINT NOT NULL,
  first_at DATETIME(6) NOT NULL,
  last_at DATETIME(6) NOT NULL,
  PRIMARY KEY (run, identity_id, entity_type, entity_id, project_id, parent_id, entitlement),
  INDEX (last_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
