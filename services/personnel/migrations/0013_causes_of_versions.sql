-- From which day on each of the last versions of a timeline differs from the one before, and why: who has missed one reads it.
ALTER TABLE published_timeline ADD COLUMN changes JSONB DEFAULT '[]' NOT NULL;
