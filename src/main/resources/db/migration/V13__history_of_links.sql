-- What changed, for the pages that tell what happened; the API's events don't say it.
ALTER TABLE event ADD COLUMN detail TEXT NULL;

-- What an identity was called by before: events and requests of then have it.
CREATE TABLE identity_former_identifier (
  identity_id BIGINT NOT NULL,
  identifier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  PRIMARY KEY (identity_id, identifier),
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- What a peer says that it is: software with its version, and how many members it has.
ALTER TABLE link_contact ADD COLUMN software VARCHAR(100) NULL, ADD COLUMN members INT NULL;
