-- The effect that every contestant commits for each event, once.
-- migrate: messaging-tables 2
CREATE TABLE effect (
    event_id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    subject text NOT NULL,
    number integer NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
