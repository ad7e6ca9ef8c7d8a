-- When linked clusters last called this one, to the minute.
CREATE TABLE identity_call (
  identity_id BIGINT NOT NULL PRIMARY KEY,
  called_at DATETIME(6) NOT NULL,
  FOREIGN KEY (identity_id) REFERENCES identity (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
