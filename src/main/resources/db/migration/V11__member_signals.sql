-- What open pages are told besides events, for the other members of a cluster. Rows are of use for seconds.
CREATE TABLE member_signal (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  member_id BIGINT NOT NULL,
  stored_at DATETIME(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  at DATETIME(6) NOT NULL,
  action VARCHAR(64) NOT NULL,
  source TEXT NOT NULL,
  context TEXT NULL,
  requestor_username TEXT NOT NULL,
  requestor_protocol VARCHAR(16) NOT NULL,
  requestor_address VARCHAR(64) NOT NULL,
  INDEX (stored_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
