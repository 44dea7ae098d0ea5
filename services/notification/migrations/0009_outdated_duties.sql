-- Until when texts about somebody's duties hold no longer: an e-mail that was written before, and still waits, is not sent.

CREATE TABLE outdated_duty (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    outdated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_outdated_duty PRIMARY KEY (agency_id, employee_id)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE outdated_duty ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON outdated_duty USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
