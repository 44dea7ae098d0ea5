-- People choose between agencies by name. Empty until personnel publishes the agency again, which it does when it changes.
ALTER TABLE agency ADD COLUMN name TEXT NOT NULL DEFAULT '';
