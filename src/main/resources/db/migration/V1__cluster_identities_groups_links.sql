-- Texts compare byte by byte (nopad_bin): names that differ in case or trailing spaces are different names.
-- Names have no length limit on the wire, so their uniqueness rests on a SHA-256 of them.

CREATE TABLE cluster (
  id TINYINT NOT NULL PRIMARY KEY CHECK (id = 1),
  uuid CHAR(36) NOT NULL,
  certificate TEXT NOT NULL,
  private_key VARBINARY(4096) NOT NULL,
  created_at DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE cluster_config (
  name VARCHAR(255) NOT NULL PRIMARY KEY,
  value MEDIUMTEXT NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE member (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(255) NOT NULL UNIQUE,
  https_address VARCHAR(255) NOT NULL,
  process CHAR(36) NOT NULL,
  heartbeat_at DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- Raised by every transaction that changes trust; the changes of each version tell the members what to read again.
CREATE TABLE trust_version (
  id TINYINT NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL
);
INSERT INTO trust_version (id, version) VALUES (1, 0);

CREATE TABLE trust_change (
  version BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  entity_id BIGINT NOT NULL,
  PRIMARY KEY (version, kind, entity_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- One remote certificate is stored once only, whatever its use.
CREATE TABLE certificate (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  fingerprint CHAR(64) NOT NULL UNIQUE,
  pem MEDIUMTEXT NOT NULL,
  not_before DATETIME(6) NOT NULL,
  not_after DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE identity (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  method VARCHAR(8) NOT NULL,
  type VARCHAR(40) NOT NULL,
  identifier VARCHAR(255) NOT NULL,
  name TEXT NOT NULL,
  -- SHA-256 of method and name where names are unique (tls, bearer), else null
  name_key BINARY(32) NULL UNIQUE,
  certificate_id BIGINT NULL UNIQUE,
  -- SHA-256 of the trust token's secret, kept after activation until the token would have expired
  secret_hash BINARY(32) NULL UNIQUE,
  secret_expires_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  UNIQUE (method, identifier),
  FOREIGN KEY (certificate_id) REFERENCES certificate (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE auth_group (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key BINARY(32) NOT NULL UNIQUE,
  description MEDIUMTEXT NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE identity_auth_group (
  identity_id BIGINT NOT NULL,
  auth_group_id BIGINT NOT NULL,
  PRIMARY KEY (identity_id, auth_group_id),
  INDEX (auth_group_id),
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE,
  FOREIGN KEY (auth_group_id) REFERENCES auth_group (id) ON DELETE CASCADE
);

-- entity_id is the entity's row; 0 for the server
CREATE TABLE permission (
  auth_group_id BIGINT NOT NULL,
  entity_type VARCHAR(32) NOT NULL,
  entity_id BIGINT NOT NULL,
  entitlement VARCHAR(64) NOT NULL,
  PRIMARY KEY (auth_group_id, entity_type, entity_id, entitlement),
  INDEX (entity_type, entity_id),
  FOREIGN KEY (auth_group_id) REFERENCES auth_group (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

INSERT INTO auth_group (id, name, name_key, description)
VALUES (1, 'admins', UNHEX(SHA2('admins', 256)), 'Server administrators');
INSERT INTO permission (auth_group_id, entity_type, entity_id, entitlement) VALUES (1, 'server', 0, 'admin');

CREATE TABLE cluster_link (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key BINARY(32) NOT NULL UNIQUE,
  description MEDIUMTEXT NOT NULL,
  type VARCHAR(16) NOT NULL,
  phase VARCHAR(16) NOT NULL,
  config MEDIUMTEXT NOT NULL,
  addresses MEDIUMTEXT NOT NULL,
  identity_id BIGINT NULL UNIQUE,
  -- while activating: the consumed token (encrypted), when the activation was last sent, who works on it until when
  consumed_token BLOB NULL,
  token_expires_at DATETIME(6) NULL,
  activation_sent_at DATETIME(6) NULL,
  attempts INT NOT NULL DEFAULT 0,
  next_attempt_at DATETIME(6) NULL,
  worker CHAR(36) NULL,
  created_at DATETIME(6) NOT NULL,
  INDEX (phase, next_attempt_at),
  FOREIGN KEY (identity_id) REFERENCES identity (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE event (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME(6) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  action VARCHAR(64) NOT NULL,
  source TEXT NOT NULL,
  project VARCHAR(64) NULL,
  context TEXT NULL,
  requestor_username TEXT NOT NULL,
  requestor_protocol VARCHAR(16) NOT NULL,
  requestor_address VARCHAR(64) NOT NULL,
  INDEX (at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE sign_in_link (
  secret_hash BINARY(32) NOT NULL PRIMARY KEY,
  identity_id BIGINT NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  used_at DATETIME(6) NULL,
  INDEX (expires_at),
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE
);

CREATE TABLE console_session (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  secret_hash BINARY(32) NOT NULL UNIQUE,
  identity_id BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  INDEX (expires_at),
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE
);
