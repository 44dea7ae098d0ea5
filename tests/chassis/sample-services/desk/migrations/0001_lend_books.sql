-- migrate: messaging-tables 2
CREATE TABLE loan (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    title text NOT NULL,
    version integer NOT NULL
);
CREATE TABLE handled (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    subject text NOT NULL,
    sequence bigint NOT NULL
);
ALTER TABLE loan ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON loan
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE handled ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON handled
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
