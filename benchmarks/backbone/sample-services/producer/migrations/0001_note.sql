-- migrate: messaging-tables 2
CREATE TABLE noted (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    number integer NOT NULL
);
ALTER TABLE noted ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON noted
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
