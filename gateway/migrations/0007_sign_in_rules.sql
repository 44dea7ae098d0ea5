-- What an account must have before its roles open anything: dated rules of an agency, set by an operator.
CREATE TABLE sign_in_rule (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    valid_from DATE NOT NULL,
    officer_days_without_person INTEGER NOT NULL,
    watched_days INTEGER NOT NULL,
    source TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_sign_in_rule PRIMARY KEY (id),
    CONSTRAINT uq_sign_in_rule_agency_id_version UNIQUE (agency_id, version)
);
ALTER TABLE sign_in_rule ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON sign_in_rule
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
