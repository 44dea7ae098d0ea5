-- Extremes are reviewed: where an agency's rule says so, the next level looks at the best and the worst ratings before their
-- employees read them. Meanwhile an evaluation is IN_REVIEW; each review is a row, those of before stay.

ALTER TABLE evaluation ADD COLUMN handed_in_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE evaluation ADD COLUMN review_until TIMESTAMP WITH TIME ZONE;

-- squawk-ignore ban-drop-constraint
ALTER TABLE evaluation DROP CONSTRAINT ck_evaluation_periodic_states;
ALTER TABLE evaluation ADD CONSTRAINT ck_evaluation_periodic_states
CHECK (kind = 'ANNUAL' OR state IN ('PROPOSED', 'IN_REVIEW', 'FINAL')) NOT VALID;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE evaluation VALIDATE CONSTRAINT ck_evaluation_periodic_states;
ALTER TABLE evaluation ADD CONSTRAINT ck_evaluation_in_review
CHECK ((state = 'IN_REVIEW') = (review_until IS NOT NULL)) NOT VALID;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE evaluation VALIDATE CONSTRAINT ck_evaluation_in_review;

CREATE TABLE evaluation_review (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    evaluation_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    work_result TEXT NOT NULL,
    behaviour TEXT NOT NULL,
    asked_by UUID NOT NULL,
    asked_capacity TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    further_reason TEXT NOT NULL,
    designated_id UUID,
    designated_by UUID,
    designation_reason TEXT NOT NULL,
    escalated_at TIMESTAMP WITH TIME ZONE,
    for_hr_at TIMESTAMP WITH TIME ZONE,
    outcome TEXT,
    reason TEXT NOT NULL,
    decided_by UUID,
    decided_capacity TEXT,
    decided_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_evaluation_review PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_review_outcome CHECK (outcome IN ('CONFIRMED', 'RETURNED')),
    CONSTRAINT ck_evaluation_review_decided CHECK (
        (outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)
    ),
    CONSTRAINT ck_evaluation_review_not_own CHECK (decided_by <> employee_id AND decided_by <> asked_by)
);
CREATE INDEX ix_evaluation_review_evaluation ON evaluation_review (evaluation_id, id);
-- One review at a time runs for each evaluation.
CREATE UNIQUE INDEX uq_evaluation_review_open ON evaluation_review (evaluation_id) WHERE outcome IS NULL;

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE evaluation_review ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON evaluation_review USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
