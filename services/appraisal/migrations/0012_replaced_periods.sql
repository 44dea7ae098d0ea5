-- An agency may divide a year otherwise; what was set for a period that is then no more stays on record and holds no longer.

ALTER TABLE org_predicate ADD COLUMN replaced_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE distribution_override ADD COLUMN replaced_at TIMESTAMP WITH TIME ZONE;
