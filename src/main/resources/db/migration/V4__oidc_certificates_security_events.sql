-- SHA-256 of issuer and subject: one user of the provider is one identity, whatever the e-mail address is now.
ALTER TABLE oidc_user ADD COLUMN subject_key BINARY(32) NOT NULL UNIQUE;

-- Names are not unique among OIDC users, so no key finds them.
ALTER TABLE identity ADD INDEX (method, name(100));

-- Security events are kept beside those of the lifecycle; their action is their name. Long names get longer in URLs.
ALTER TABLE event
  MODIFY COLUMN action MEDIUMTEXT NOT NULL,
  MODIFY COLUMN source MEDIUMTEXT NOT NULL,
  ADD COLUMN level VARCHAR(8) NULL,
  ADD COLUMN description TEXT NULL,
  ADD COLUMN request_method VARCHAR(16) NULL,
  ADD COLUMN request_path TEXT NULL,
  ADD COLUMN requestor_agent TEXT NULL,
  ADD INDEX (kind, id);
