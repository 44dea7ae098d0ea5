-- migrate: messaging-tables 2
CREATE TABLE arrival (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agency_id text NOT NULL,
    event_id uuid NOT NULL,
    producer text NOT NULL,
    subject text NOT NULL,
    sequence bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ix_arrival_agency_id_event_id ON arrival (agency_id, event_id);
CREATE TABLE newest (
    agency_id text NOT NULL,
    producer text NOT NULL,
    subject text NOT NULL,
    times integer NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (agency_id, producer, subject)
);
ALTER TABLE arrival ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON arrival
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE newest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON newest
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
