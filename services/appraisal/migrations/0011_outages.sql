-- Outages of the system, and what moved a deadline: an outage, a grant to one person, or the withdrawal of an outage.
-- applied_at is null while a job still moves the deadlines; until then each is moved when somebody acts on it.

CREATE TABLE outage (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT NOT NULL,
    grace_days INTEGER NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE,
    withdrawn_by UUID,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    withdrawal_reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_outage PRIMARY KEY (id),
    CONSTRAINT ck_outage_span CHECK (starts_at < ends_at)
);
CREATE INDEX ix_outage_agency ON outage (agency_id, id);

CREATE TABLE deadline_extension (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    obligation_id UUID NOT NULL,
    cause TEXT NOT NULL,
    outage_id UUID,
    outcome TEXT NOT NULL,
    days INTEGER NOT NULL,
    due_before TIMESTAMP WITH TIME ZONE NOT NULL,
    due_after TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT NOT NULL,
    order_reference TEXT NOT NULL,
    set_by UUID NOT NULL,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_deadline_extension PRIMARY KEY (id),
    CONSTRAINT ck_deadline_extension_cause CHECK (
        cause IN ('OUTAGE', 'GRANT', 'WITHDRAWAL') AND (cause = 'GRANT') = (outage_id IS NULL)
    ),
    CONSTRAINT ck_deadline_extension_outcome CHECK (outcome IN ('EXTENDED', 'REOPENED', 'FOR_HR'))
);
CREATE INDEX ix_deadline_extension_obligation ON deadline_extension (obligation_id, id);
-- An outage moves a deadline once, whatever is repeated.
CREATE UNIQUE INDEX uq_deadline_extension_outage ON deadline_extension (outage_id, obligation_id, cause);

-- An outage extends the windows of periods too; a withdrawn one counts no longer.
ALTER TABLE window_extension ADD COLUMN outage_id UUID;
ALTER TABLE window_extension ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE;

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE outage ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON outage USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE deadline_extension ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON deadline_extension USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
