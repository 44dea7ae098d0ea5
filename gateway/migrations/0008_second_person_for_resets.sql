-- A new password for somebody with power takes two people, and what is done soon afterwards is marked in the audit trail.
-- migrate: all-agencies employee
ALTER TABLE account
    ADD COLUMN watched_since TIMESTAMP WITH TIME ZONE,
    ADD COLUMN reset_alone BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE one_time_code ADD COLUMN of_two BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE live_token ADD COLUMN watched_until TIMESTAMP WITH TIME ZONE;
ALTER TABLE service_stretch ADD COLUMN superior_id UUID;
-- Who is whose superior arrives with the timelines that personnel tells once more after its own migration: of version 0 each
-- is newer. Locks the rows of employee until the commit: timelines that arrive meanwhile wait, nobody else.
UPDATE employee SET version = 0;

-- Whose an account once was that is not theirs any more.
CREATE TABLE former_link (
    employee_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_former_link PRIMARY KEY (employee_id, agency_id)
);
ALTER TABLE former_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON former_link
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));

CREATE TABLE reset_request (
    account_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    requested_by UUID NOT NULL,
    requester_id UUID,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    approved_by UUID,
    approved_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_reset_request PRIMARY KEY (account_id)
);
ALTER TABLE reset_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON reset_request
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
