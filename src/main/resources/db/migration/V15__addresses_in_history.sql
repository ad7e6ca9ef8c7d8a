-- How many of a link's addresses answered when its status changed; unknown of what happened before.
ALTER TABLE link_contact_change
  ADD COLUMN good_addresses INT NULL,
  ADD COLUMN all_addresses INT NULL;
