-- The history of one link.
ALTER TABLE event ADD INDEX source (source(160), id);
