-- Reference data, credit points, eligibility, awards and talent.

CREATE TABLE attestation (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    number INTEGER NOT NULL,
    vacancy BOOLEAN NOT NULL,
    competency_test BOOLEAN NOT NULL,
    professional_development BOOLEAN NOT NULL,
    last_raise_on DATE,
    reference TEXT NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_attestation PRIMARY KEY (agency_id, employee_id, number)
);

CREATE TABLE award (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    state TEXT NOT NULL,
    evaluation_id UUID NOT NULL,
    evaluation_version INTEGER NOT NULL,
    predicate TEXT NOT NULL,
    period TEXT NOT NULL,
    reason TEXT NOT NULL,
    nominated_by UUID NOT NULL,
    nominated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decision_number TEXT,
    decided_on DATE,
    decided_by UUID,
    reference_id UUID NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_award PRIMARY KEY (id),
    CONSTRAINT ck_award_state CHECK (state IN ('NOMINATED', 'GRANTED', 'DECLINED')),
    CONSTRAINT ck_award_decided CHECK ((state = 'NOMINATED') = (decided_by IS NULL)),
    CONSTRAINT ck_award_decision CHECK (state <> 'GRANTED' OR decision_number IS NOT NULL)
);
CREATE INDEX ix_award_agency_id_employee_id ON award (agency_id, employee_id);
CREATE UNIQUE INDEX uq_award_decision ON award (agency_id, decision_number) WHERE decision_number IS NOT NULL;

CREATE TABLE credit_decision (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    number TEXT NOT NULL,
    decided_on DATE NOT NULL,
    purpose TEXT NOT NULL,
    level TEXT NOT NULL,
    total NUMERIC(9, 3) NOT NULL,
    balance NUMERIC(9, 3) NOT NULL,
    decided_by UUID NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_credit_decision PRIMARY KEY (id),
    CONSTRAINT uq_credit_decision_agency_id_number UNIQUE (agency_id, number),
    CONSTRAINT ck_credit_decision_purpose CHECK (purpose IN ('RANK', 'LEVEL', 'RECORD'))
);
CREATE INDEX ix_credit_decision_agency_id_employee_id ON credit_decision (agency_id, employee_id);

CREATE TABLE credit_entry (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    year INTEGER NOT NULL,
    part INTEGER NOT NULL,
    months INTEGER NOT NULL,
    evaluation_id UUID NOT NULL,
    evaluation_version INTEGER NOT NULL,
    predicate TEXT NOT NULL,
    percent NUMERIC NOT NULL,
    coefficient NUMERIC NOT NULL,
    converted NUMERIC(9, 3) NOT NULL,
    credit NUMERIC(9, 3) NOT NULL,
    corrects_id UUID,
    replaced_by UUID,
    reference_id UUID NOT NULL,
    booked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_credit_entry PRIMARY KEY (id),
    CONSTRAINT ck_credit_entry_kind CHECK (kind IN ('PERIODIC', 'ANNUAL', 'CORRECTION')),
    CONSTRAINT ck_credit_entry_corrects CHECK ((kind = 'CORRECTION') = (corrects_id IS NOT NULL)),
    CONSTRAINT ck_credit_entry_replaced CHECK (kind = 'PERIODIC' OR replaced_by IS NULL)
);
CREATE INDEX ix_credit_entry_agency_id_employee_id_year ON credit_entry (agency_id, employee_id, year);

CREATE TABLE credit_opening (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    number INTEGER NOT NULL,
    level TEXT NOT NULL,
    balance NUMERIC(9, 3) NOT NULL,
    base NUMERIC(9, 3) NOT NULL,
    as_of DATE NOT NULL,
    entry_grade TEXT,
    reference TEXT NOT NULL,
    entered_by UUID,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_credit_opening PRIMARY KEY (agency_id, employee_id, number)
);

CREATE TABLE credit_use (
    agency_id TEXT NOT NULL,
    entry_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    CONSTRAINT pk_credit_use PRIMARY KEY (agency_id, entry_id)
);

CREATE TABLE eligibility (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    kind TEXT NOT NULL,
    eligible BOOLEAN NOT NULL,
    missing JSONB NOT NULL,
    reasons JSONB NOT NULL,
    as_of DATE NOT NULL,
    review_on DATE,
    reference_id UUID NOT NULL,
    CONSTRAINT pk_eligibility PRIMARY KEY (agency_id, employee_id, kind)
);
CREATE INDEX ix_eligibility_agency_id_kind_eligible_employee_id ON eligibility (agency_id, kind, eligible, employee_id);
CREATE INDEX ix_eligibility_agency_id_review_on ON eligibility (agency_id, review_on);

CREATE TABLE eligibility_change (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    kind TEXT NOT NULL,
    eligible BOOLEAN NOT NULL,
    missing JSONB NOT NULL,
    as_of DATE NOT NULL,
    CONSTRAINT pk_eligibility_change PRIMARY KEY (id)
);
CREATE INDEX ix_eligibility_change_agency_id_employee_id ON eligibility_change (agency_id, employee_id);

CREATE TABLE eligibility_due (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    CONSTRAINT pk_eligibility_due PRIMARY KEY (agency_id, employee_id)
);

CREATE TABLE eligibility_sweep (
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_eligibility_sweep PRIMARY KEY (agency_id)
);

CREATE TABLE reference_set (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    data JSONB NOT NULL,
    legal_source TEXT NOT NULL,
    verified JSONB NOT NULL,
    created_by UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_reference_set PRIMARY KEY (id),
    CONSTRAINT uq_reference_set_agency_id_kind_number UNIQUE (agency_id, kind, number)
);

CREATE TABLE talent_rating (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    potential TEXT NOT NULL,
    reference TEXT NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_talent_rating PRIMARY KEY (agency_id, employee_id, year, number),
    CONSTRAINT ck_talent_rating_potential CHECK (potential IN ('LOW', 'MEDIUM', 'HIGH'))
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'attestation', 'award', 'credit_decision', 'credit_entry', 'credit_opening', 'credit_use', 'eligibility',
        'eligibility_change', 'eligibility_due', 'eligibility_sweep', 'reference_set', 'talent_rating'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
