-- A link without an identity pins a certificate of its own. A public link that nobody has confirmed yet keeps what its
-- address showed; that isn't pinned, and may be stored more than once.
ALTER TABLE cluster_link
  ADD COLUMN certificate_id BIGINT NULL UNIQUE,
  ADD COLUMN pending_certificate MEDIUMTEXT NULL,
  ADD COLUMN pending_address TEXT NULL,
  ADD FOREIGN KEY (certificate_id) REFERENCES certificate (id);

-- Who was shown the certificate of a public link and has not confirmed it: SHA-256 of the caller.
CREATE TABLE public_link_asked (
  link_id BIGINT NOT NULL,
  caller BINARY(32) NOT NULL,
  PRIMARY KEY (link_id, caller),
  FOREIGN KEY (link_id) REFERENCES cluster_link (id) ON DELETE CASCADE
);
