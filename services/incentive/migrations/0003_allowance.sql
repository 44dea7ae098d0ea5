-- Policies, amounts, attendance, penalties, runs and lines of the allowance.

CREATE TABLE allowance_line (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    run_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    unit_id UUID,
    month DATE NOT NULL,
    kind TEXT NOT NULL,
    adjusts_line_id UUID,
    amount BIGINT NOT NULL,
    full_amount BIGINT NOT NULL,
    not_payable TEXT,
    policy_id UUID NOT NULL,
    inputs JSONB NOT NULL,
    steps JSONB NOT NULL,
    provenance JSONB NOT NULL,
    fingerprint TEXT NOT NULL,
    calculated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_allowance_line PRIMARY KEY (id),
    CONSTRAINT uq_allowance_line_run_id_employee_id_month UNIQUE (run_id, employee_id, month),
    CONSTRAINT ck_allowance_line_kind CHECK (kind IN ('REGULAR', 'ADJUSTMENT')),
    CONSTRAINT ck_allowance_line_adjusts CHECK ((kind = 'ADJUSTMENT') = (adjusts_line_id IS NOT NULL)),
    CONSTRAINT ck_allowance_line_amount CHECK (kind = 'ADJUSTMENT' OR amount >= 0)
);
CREATE INDEX ix_allowance_line_agency_id_employee_id_month ON allowance_line (agency_id, employee_id, month);
CREATE INDEX ix_allowance_line_agency_id_month ON allowance_line (agency_id, month);
CREATE UNIQUE INDEX uq_allowance_line_regular ON allowance_line (agency_id, employee_id, month) WHERE kind = 'REGULAR';

CREATE TABLE allowance_run (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    month DATE NOT NULL,
    state TEXT NOT NULL,
    policy_id UUID NOT NULL,
    job_id UUID,
    round INTEGER NOT NULL,
    run_by UUID NOT NULL,
    run_at TIMESTAMP WITH TIME ZONE NOT NULL,
    calculated_at TIMESTAMP WITH TIME ZONE,
    approved_by UUID,
    approved_at TIMESTAMP WITH TIME ZONE,
    paid_by UUID,
    paid_at TIMESTAMP WITH TIME ZONE,
    payment_reference TEXT,
    totals JSONB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_allowance_run PRIMARY KEY (id),
    CONSTRAINT uq_allowance_run_agency_id_month UNIQUE (agency_id, month),
    CONSTRAINT ck_allowance_run_state CHECK (state IN ('CALCULATING', 'CALCULATED', 'APPROVED', 'PAID')),
    CONSTRAINT ck_allowance_run_approved CHECK ((approved_by IS NOT NULL) = (state IN ('APPROVED', 'PAID'))),
    CONSTRAINT ck_allowance_run_paid CHECK ((paid_by IS NOT NULL) = (state = 'PAID'))
);

CREATE TABLE attendance_entry (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    month DATE NOT NULL,
    code TEXT NOT NULL,
    revision INTEGER NOT NULL,
    count INTEGER NOT NULL,
    source TEXT NOT NULL,
    entered_by UUID,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_attendance_entry PRIMARY KEY (agency_id, employee_id, month, code, revision),
    CONSTRAINT ck_attendance_entry_count CHECK (count >= 0)
);
CREATE INDEX ix_attendance_entry_agency_id_month_employee_id ON attendance_entry (agency_id, month, employee_id);

CREATE TABLE circumstance (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    kind TEXT NOT NULL,
    from_month DATE NOT NULL,
    to_month DATE,
    study_level TEXT,
    extension BOOLEAN NOT NULL,
    reference TEXT NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    voided_by UUID,
    voided_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_circumstance PRIMARY KEY (id),
    CONSTRAINT ck_circumstance_kind CHECK (kind IN ('MPP_LEAVE', 'BLU_REMUNERATION', 'STUDY_LEAVE')),
    CONSTRAINT ck_circumstance_study_level CHECK ((kind = 'STUDY_LEAVE') = (study_level IS NOT NULL)),
    CONSTRAINT ck_circumstance_months CHECK (to_month IS NULL OR to_month >= from_month)
);
CREATE INDEX ix_circumstance_agency_id_employee_id ON circumstance (agency_id, employee_id);

CREATE TABLE class_amount (
    agency_id TEXT NOT NULL,
    job_class INTEGER NOT NULL,
    effective_from DATE NOT NULL,
    revision INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    legal_source TEXT NOT NULL,
    verified TEXT NOT NULL,
    entered_by UUID,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_class_amount PRIMARY KEY (agency_id, job_class, effective_from, revision),
    CONSTRAINT ck_class_amount_job_class CHECK (job_class BETWEEN 1 AND 27),
    CONSTRAINT ck_class_amount_amount CHECK (amount >= 0)
);

CREATE TABLE discipline_penalty (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    level TEXT NOT NULL,
    percent NUMERIC(5, 2) NOT NULL,
    from_month DATE NOT NULL,
    to_month DATE NOT NULL,
    letter_number TEXT NOT NULL,
    legal_source TEXT NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_by UUID,
    revoked_at TIMESTAMP WITH TIME ZONE,
    revocation_letter TEXT,
    CONSTRAINT pk_discipline_penalty PRIMARY KEY (id),
    CONSTRAINT uq_discipline_penalty_agency_id_employee_id_letter_number UNIQUE (agency_id, employee_id, letter_number),
    CONSTRAINT ck_discipline_penalty_level CHECK (level IN ('LIGHT', 'MODERATE', 'SEVERE')),
    CONSTRAINT ck_discipline_penalty_percent CHECK (percent BETWEEN 0 AND 100),
    CONSTRAINT ck_discipline_penalty_months CHECK (to_month >= from_month),
    CONSTRAINT ck_discipline_penalty_revoked CHECK ((revoked_at IS NULL) = (revocation_letter IS NULL))
);
CREATE INDEX ix_discipline_penalty_agency_id_employee_id ON discipline_penalty (agency_id, employee_id);

CREATE TABLE recalculation (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    month DATE NOT NULL,
    cause TEXT NOT NULL,
    marked_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_recalculation PRIMARY KEY (agency_id, employee_id, month)
);

CREATE TABLE tukin_policy (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    rules JSONB NOT NULL,
    legal_source TEXT NOT NULL,
    verified TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    published_by UUID,
    published_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_tukin_policy PRIMARY KEY (id),
    CONSTRAINT uq_tukin_policy_agency_id_number UNIQUE (agency_id, number),
    CONSTRAINT ck_tukin_policy_state CHECK (state IN ('DRAFT', 'PUBLISHED')),
    CONSTRAINT ck_tukin_policy_published CHECK ((state = 'PUBLISHED') = (published_at IS NOT NULL)),
    CONSTRAINT ck_tukin_policy_valid CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'allowance_line', 'allowance_run', 'attendance_entry', 'circumstance', 'class_amount', 'discipline_penalty',
        'recalculation', 'tukin_policy'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
