ALTER TABLE cluster ADD COLUMN clustered BOOLEAN NOT NULL DEFAULT FALSE;

-- cluster_address is cluster.https_address; addresses are those under which others reach the member, a comma list
ALTER TABLE member
  ADD COLUMN cluster_address VARCHAR(255) NOT NULL DEFAULT '',
  ADD COLUMN addresses MEDIUMTEXT NOT NULL DEFAULT '';

-- Which member does periodic work; columns as the library ShedLock wants them.
CREATE TABLE shedlock (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  lock_until TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  locked_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  locked_by VARCHAR(255) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- What the last probe of an active link showed, and when the next one is due.
CREATE TABLE link_contact (
  link_id BIGINT NOT NULL PRIMARY KEY,
  status VARCHAR(24) NOT NULL,
  reason TEXT NOT NULL,
  since DATETIME(6) NOT NULL,
  good_addresses INT NOT NULL DEFAULT 0,
  all_addresses INT NOT NULL DEFAULT 0,
  -- the certificate that was shown instead of the pinned one
  shown_pem MEDIUMTEXT NULL,
  checked_at DATETIME(6) NULL,
  last_contact_at DATETIME(6) NULL,
  failures INT NOT NULL DEFAULT 0,
  next_probe_at DATETIME(6) NOT NULL,
  refreshed_at DATETIME(6) NULL,
  -- SHA-256 of what the peer said of its addresses and of which of them answered
  view BINARY(32) NULL,
  INDEX (next_probe_at),
  FOREIGN KEY (link_id) REFERENCES cluster_link (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE link_contact_hour (
  link_id BIGINT NOT NULL,
  hour DATETIME NOT NULL,
  contacts INT NOT NULL,
  failures INT NOT NULL,
  PRIMARY KEY (link_id, hour),
  INDEX (hour),
  FOREIGN KEY (link_id) REFERENCES cluster_link (id) ON DELETE CASCADE
);

CREATE TABLE link_contact_change (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  link_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  status VARCHAR(24) NOT NULL,
  reason TEXT NOT NULL,
  INDEX (link_id, at),
  INDEX (at),
  FOREIGN KEY (link_id) REFERENCES cluster_link (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- A second certificate that a linked cluster is accepted with: the next one that it announced, or the previous one until
-- the overlap is over. The identity is that of a bidirectional link.
CREATE TABLE link_other_certificate (
  link_id BIGINT NOT NULL PRIMARY KEY,
  identity_id BIGINT NULL UNIQUE,
  role VARCHAR(8) NOT NULL,
  fingerprint CHAR(64) NOT NULL UNIQUE,
  pem MEDIUMTEXT NOT NULL,
  not_before DATETIME(6) NOT NULL,
  not_after DATETIME(6) NOT NULL,
  until DATETIME(6) NOT NULL,
  INDEX (until),
  FOREIGN KEY (link_id) REFERENCES cluster_link (id) ON DELETE CASCADE,
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- Our own next certificate, and the previous one until all peers know better; the keys encrypted.
CREATE TABLE cluster_certificate (
  role VARCHAR(8) NOT NULL PRIMARY KEY,
  certificate TEXT NOT NULL,
  private_key VARBINARY(8192) NOT NULL,
  since DATETIME(6) NOT NULL,
  until DATETIME(6) NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- What became of telling each peer of a new certificate.
CREATE TABLE rotation_link (
  link_id BIGINT NOT NULL PRIMARY KEY,
  fingerprint CHAR(64) NOT NULL,
  told_at DATETIME(6) NULL,
  problem TEXT NOT NULL,
  FOREIGN KEY (link_id) REFERENCES cluster_link (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- Which linked clusters have read our next certificate themselves.
CREATE TABLE rotation_reader (
  identity_id BIGINT NOT NULL PRIMARY KEY,
  fingerprint CHAR(64) NOT NULL,
  read_at DATETIME(6) NOT NULL,
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
