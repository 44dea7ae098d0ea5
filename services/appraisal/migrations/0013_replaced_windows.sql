-- The window of a period that the agency has replaced by others stays on record and holds no longer.

ALTER TABLE window_extension ADD COLUMN replaced_at TIMESTAMP WITH TIME ZONE;
