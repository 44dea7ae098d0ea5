-- How far the reminding of an obligation has come: whom, of which deadline, and of which day, counted from the deadline
-- (before it: negative). With another deadline, or another who owes it, all begins anew. escalated_for: the deadline of whose
-- lateness the superior was notified.

CREATE TABLE obligation_reminder (
    obligation_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    owed_by UUID NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    stage INTEGER NOT NULL,
    reminded_on DATE NOT NULL,
    escalated_for TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_obligation_reminder PRIMARY KEY (obligation_id)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE obligation_reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON obligation_reminder USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
