-- People and units, projected from the events of other services.

CREATE TABLE agency (
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_agency PRIMARY KEY (agency_id)
);

CREATE TABLE assignment_version (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    version INTEGER NOT NULL,
    effective_from DATE NOT NULL,
    unit_id UUID NOT NULL,
    position_kind TEXT NOT NULL,
    position_level TEXT,
    job_class INTEGER NOT NULL,
    CONSTRAINT pk_assignment_version PRIMARY KEY (agency_id, employee_id, version)
);
CREATE INDEX ix_assignment_version_agency_id_unit_id ON assignment_version (agency_id, unit_id);

CREATE TABLE employee_version (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    version INTEGER NOT NULL,
    effective_from DATE NOT NULL,
    employment_type TEXT NOT NULL,
    status TEXT NOT NULL,
    grade TEXT NOT NULL,
    grade_since DATE,
    service_start DATE,
    CONSTRAINT pk_employee_version PRIMARY KEY (agency_id, employee_id, version)
);

CREATE TABLE org_unit (
    agency_id TEXT NOT NULL,
    unit_id UUID NOT NULL,
    parent_id UUID,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    leader_id UUID,
    active BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_org_unit PRIMARY KEY (agency_id, unit_id)
);

CREATE TABLE predicate_fact (
    agency_id TEXT NOT NULL,
    evaluation_id UUID NOT NULL,
    stage TEXT NOT NULL,
    version INTEGER NOT NULL,
    employee_id UUID NOT NULL,
    period_kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    part INTEGER NOT NULL,
    predicate TEXT NOT NULL,
    source TEXT NOT NULL,
    said_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_predicate_fact PRIMARY KEY (agency_id, evaluation_id, stage, version),
    CONSTRAINT ck_predicate_fact_stage CHECK (stage IN ('ISSUED', 'FINAL', 'CORRECTED')),
    CONSTRAINT ck_predicate_fact_source CHECK (source IN ('APPRAISAL', 'HR')),
    CONSTRAINT ck_predicate_fact_period_kind CHECK (period_kind IN ('MONTH', 'QUARTER', 'YEAR'))
);
CREATE INDEX ix_predicate_fact_agency_id_employee_id_period_kind_year_part ON predicate_fact (agency_id, employee_id, period_kind, year, part);

CREATE TABLE training_record (
    agency_id TEXT NOT NULL,
    record_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    jp INTEGER NOT NULL,
    year INTEGER NOT NULL,
    finished BOOLEAN NOT NULL,
    reversed BOOLEAN NOT NULL,
    CONSTRAINT pk_training_record PRIMARY KEY (agency_id, record_id)
);
CREATE INDEX ix_training_record_agency_id_employee_id_year ON training_record (agency_id, employee_id, year);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'agency', 'assignment_version', 'employee_version', 'org_unit', 'predicate_fact', 'training_record'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
