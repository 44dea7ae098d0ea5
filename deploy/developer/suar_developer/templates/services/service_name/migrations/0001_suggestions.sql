-- The messaging tables, who is employed (from personnel's events), and suggestions.
-- migrate: messaging-tables MESSAGING_TABLES

CREATE TABLE employee (
    employee_id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    status text NOT NULL
);
CREATE TABLE suggestion (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employee_id uuid NOT NULL,
    text text NOT NULL,
    filed_at timestamptz NOT NULL
);
CREATE INDEX ix_suggestion_agency ON suggestion (agency_id, id);

ALTER TABLE employee ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON employee
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE suggestion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON suggestion
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
