-- The messaging tables, the directory of people and units, and suggestions.
-- migrate: messaging-tables MESSAGING_TABLES
-- migrate: tables-of directory DIRECTORY_TABLES

CREATE TABLE suggestion (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employee_id uuid NOT NULL,
    text text NOT NULL,
    filed_at timestamptz NOT NULL
);
CREATE INDEX ix_suggestion_agency ON suggestion (agency_id, id);

ALTER TABLE suggestion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON suggestion
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
