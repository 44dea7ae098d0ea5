-- A confirmed report on study leave is revoked with a reason: by one officer, or by two where a rating rests on it. Each is a
-- row, the ratings that rested on the report with it.

CREATE TABLE study_revocation (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    report_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    report_version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    evaluation_ids UUID [] NOT NULL,
    proposed_by UUID NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    decision_reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_study_revocation PRIMARY KEY (id),
    CONSTRAINT ck_study_revocation_state CHECK (state IN ('PROPOSED', 'CARRIED_OUT', 'REJECTED')),
    CONSTRAINT ck_study_revocation_decided CHECK (
        (state = 'PROPOSED') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)
    )
);
CREATE INDEX ix_study_revocation_report ON study_revocation (report_id, id);
CREATE UNIQUE INDEX uq_study_revocation_proposed ON study_revocation (report_id) WHERE state = 'PROPOSED';

ALTER TABLE study_revocation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON study_revocation USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
