CREATE TABLE project (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(64) NOT NULL UNIQUE,
  description MEDIUMTEXT NOT NULL,
  config MEDIUMTEXT NOT NULL,
  created_at DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

INSERT INTO project (id, name, description, config, created_at)
VALUES (1, 'default', 'Default project',
  '{"features.images":"true","features.networks":"true","features.networks.zones":"true","features.profiles":"true","features.storage.buckets":"true","features.storage.volumes":"true"}',
  UTC_TIMESTAMP(6));

-- config and devices are JSON objects, profiles is a JSON list
CREATE TABLE instance (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  project_id BIGINT NOT NULL,
  name VARCHAR(63) NOT NULL,
  type VARCHAR(16) NOT NULL,
  architecture VARCHAR(32) NOT NULL,
  description MEDIUMTEXT NOT NULL,
  config MEDIUMTEXT NOT NULL,
  devices MEDIUMTEXT NOT NULL,
  profiles MEDIUMTEXT NOT NULL,
  ephemeral BOOLEAN NOT NULL,
  stateful BOOLEAN NOT NULL,
  created_at DATETIME(6) NOT NULL,
  UNIQUE (project_id, name),
  FOREIGN KEY (project_id) REFERENCES project (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- operation_id is set while the backup is being made; until then nobody sees it, but its name is taken
CREATE TABLE instance_backup (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  instance_id BIGINT NOT NULL,
  name VARCHAR(255) NOT NULL,
  instance_only BOOLEAN NOT NULL,
  optimized_storage BOOLEAN NOT NULL,
  size BIGINT NOT NULL,
  operation_id CHAR(36) NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NULL,
  UNIQUE (instance_id, name),
  INDEX (operation_id),
  INDEX (expires_at),
  FOREIGN KEY (instance_id) REFERENCES instance (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE instance_backup_chunk (
  backup_id BIGINT NOT NULL,
  number INT NOT NULL,
  data MEDIUMBLOB NOT NULL,
  PRIMARY KEY (backup_id, number),
  FOREIGN KEY (backup_id) REFERENCES instance_backup (id) ON DELETE CASCADE
);

-- What is being done, and for a while what was done. project_id is 0 for what belongs to no project.
CREATE TABLE operation (
  id CHAR(36) NOT NULL PRIMARY KEY,
  class VARCHAR(16) NOT NULL,
  description VARCHAR(255) NOT NULL,
  status SMALLINT NOT NULL,
  project_id BIGINT NOT NULL,
  project VARCHAR(64) NULL,
  resources MEDIUMTEXT NOT NULL,
  metadata MEDIUMTEXT NOT NULL,
  error MEDIUMTEXT NOT NULL,
  error_code SMALLINT NOT NULL,
  requestor_username VARCHAR(255) NOT NULL,
  requestor_protocol VARCHAR(16) NOT NULL,
  requestor_address VARCHAR(64) NOT NULL,
  member_id BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  INDEX (project_id, created_at),
  INDEX (created_at),
  INDEX (status, updated_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
