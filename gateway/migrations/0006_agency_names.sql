-- People choose between agencies by name. Empty until personnel publishes the agency again, or its events are replayed.
ALTER TABLE agency ADD COLUMN name TEXT NOT NULL DEFAULT '';
