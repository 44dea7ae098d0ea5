-- What comes before the decision on an objection: the appraiser's statement with its own deadline, and examinations to
-- which the parties are called. An objection that was filed by the former release has no deadline for the statement.

ALTER TABLE objection ADD COLUMN statement_by TIMESTAMP WITH TIME ZONE;
ALTER TABLE objection ADD COLUMN statement TEXT NOT NULL DEFAULT '';
ALTER TABLE objection ADD COLUMN stated_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE objection ADD COLUMN stated_by UUID;
ALTER TABLE objection ADD COLUMN stated_capacity TEXT;
ALTER TABLE objection ADD COLUMN statement_escalated_at TIMESTAMP WITH TIME ZONE;

CREATE TABLE objection_examination (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    objection_id UUID NOT NULL,
    called_at TIMESTAMP WITH TIME ZONE NOT NULL,
    called_by UUID NOT NULL,
    called_capacity TEXT NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    place TEXT NOT NULL,
    invited JSONB NOT NULL,
    present JSONB NOT NULL,
    minutes TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE,
    recorded_by UUID,
    recorded_capacity TEXT,
    remark TEXT NOT NULL,
    remarked_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_objection_examination PRIMARY KEY (id),
    CONSTRAINT ck_objection_examination_minutes CHECK (
        (recorded_at IS NULL) = (recorded_by IS NULL) AND (recorded_at IS NOT NULL OR remarked_at IS NULL)
    )
);
CREATE INDEX ix_objection_examination_objection ON objection_examination (objection_id, id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE objection_examination ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON objection_examination USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
