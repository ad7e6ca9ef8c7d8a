-- Who had an identifier before is asked for by the identifier.
ALTER TABLE identity_former_identifier ADD INDEX (identifier);
