-- Who is on study leave is evaluated through the progress of the study: what they report of a term, and what HR confirms.

CREATE TABLE study_report (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    institution TEXT NOT NULL,
    programme TEXT NOT NULL,
    progress TEXT NOT NULL,
    credits_earned NUMERIC,
    credits_required NUMERIC,
    grade_average NUMERIC,
    on_schedule BOOLEAN NOT NULL,
    evidence_link TEXT,
    state TEXT NOT NULL,
    reported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_study_report PRIMARY KEY (id),
    CONSTRAINT ck_study_report_state CHECK (state IN ('REPORTED', 'RETURNED', 'CONFIRMED')),
    CONSTRAINT ck_study_report_days CHECK (first_day <= last_day),
    CONSTRAINT ck_study_report_decided CHECK ((state = 'REPORTED') = (decided_by IS NULL))
);
CREATE UNIQUE INDEX uq_study_report_term ON study_report (agency_id, employee_id, first_day);

ALTER TABLE study_report ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON study_report USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
