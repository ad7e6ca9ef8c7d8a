-- The secret with which an identity's bearer token is signed, encrypted; there is at most one token.
CREATE TABLE bearer_token (
  identity_id BIGINT NOT NULL PRIMARY KEY,
  secret VARBINARY(255) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE
);

CREATE TABLE identity_provider_group (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key BINARY(32) NOT NULL UNIQUE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE identity_provider_group_auth_group (
  identity_provider_group_id BIGINT NOT NULL,
  auth_group_id BIGINT NOT NULL,
  PRIMARY KEY (identity_provider_group_id, auth_group_id),
  INDEX (auth_group_id),
  FOREIGN KEY (identity_provider_group_id) REFERENCES identity_provider_group (id) ON DELETE CASCADE,
  FOREIGN KEY (auth_group_id) REFERENCES auth_group (id) ON DELETE CASCADE
);

-- What the identity provider said of a user at the last login; the groups as a JSON list.
CREATE TABLE oidc_user (
  identity_id BIGINT NOT NULL PRIMARY KEY,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  provider_groups MEDIUMTEXT NOT NULL,
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- How a session began, and by which browser.
ALTER TABLE console_session
  ADD COLUMN uuid CHAR(36) NULL UNIQUE,
  ADD COLUMN way VARCHAR(16) NOT NULL DEFAULT 'link',
  ADD COLUMN address VARCHAR(64) NOT NULL DEFAULT '',
  ADD COLUMN user_agent VARCHAR(255) NOT NULL DEFAULT '';
UPDATE console_session SET uuid = UUID();
ALTER TABLE console_session MODIFY COLUMN uuid CHAR(36) NOT NULL;
