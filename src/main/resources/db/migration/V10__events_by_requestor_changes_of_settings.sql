-- The events that somebody caused.
ALTER TABLE event ADD INDEX requestor (requestor_username(64), id);

-- Who changed a configuration key last, and when. member_id is that of a key that each member has for itself, else 0.
CREATE TABLE config_change (
  name VARCHAR(255) NOT NULL,
  member_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  requestor_username TEXT NOT NULL,
  requestor_protocol VARCHAR(16) NOT NULL,
  requestor_address VARCHAR(64) NOT NULL,
  PRIMARY KEY (name, member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
