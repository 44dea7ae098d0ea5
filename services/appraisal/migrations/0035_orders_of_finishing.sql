-- By which order a proposal was finished, and handed to its review: HR may finish one that it has not changed, and then no
-- rating of its own says so. Null: finished by a release that did not keep it.

ALTER TABLE evaluation ADD COLUMN finished_order TEXT;
ALTER TABLE evaluation_review ADD COLUMN asked_order TEXT NOT NULL DEFAULT '';
