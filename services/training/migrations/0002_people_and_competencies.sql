-- Who works where (projected from personnel's events), reference data, competencies, needs and individual plans.

CREATE TABLE agency (
    agency_id text PRIMARY KEY,
    name text NOT NULL,
    time_zone text NOT NULL
);
CREATE TABLE org_unit (
    unit_id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    parent_id uuid,
    code text NOT NULL,
    name text NOT NULL,
    leader_id uuid,
    active boolean NOT NULL
);
CREATE INDEX ix_org_unit_parent ON org_unit (agency_id, parent_id);
CREATE TABLE employee (
    employee_id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employment_type text,
    status text,
    unit_id uuid,
    position_code text,
    position_level text,
    appraiser_id uuid,
    reviewer_id uuid
);
CREATE INDEX ix_employee_unit ON employee (agency_id, unit_id);
CREATE INDEX ix_employee_appraiser ON employee (agency_id, appraiser_id);
CREATE INDEX ix_employee_position ON employee (agency_id, position_code);

CREATE TABLE jp_target (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employment_type text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('MIN', 'MAX')),
    jp integer NOT NULL CHECK (jp BETWEEN 0 AND 2000),
    from_year integer NOT NULL CHECK (from_year BETWEEN 1900 AND 2200),
    source text NOT NULL,
    verified boolean NOT NULL,
    version integer NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    UNIQUE (agency_id, employment_type, from_year, version)
);
CREATE TABLE rule_value (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    name text NOT NULL,
    value integer NOT NULL,
    valid_from date NOT NULL,
    source text NOT NULL,
    verified boolean NOT NULL,
    version integer NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    UNIQUE (agency_id, name, valid_from, version)
);
CREATE TABLE course_kind (
    agency_id text NOT NULL,
    code text NOT NULL,
    form text NOT NULL CHECK (form IN ('KLASIKAL', 'NON_KLASIKAL')),
    label text NOT NULL,
    source text NOT NULL,
    verified boolean NOT NULL,
    PRIMARY KEY (agency_id, code)
);

CREATE TABLE competency (
    agency_id text NOT NULL,
    code text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('MANAGERIAL', 'SOCIOCULTURAL', 'TECHNICAL')),
    name text NOT NULL,
    definition text NOT NULL,
    source text NOT NULL,
    verified boolean NOT NULL,
    active boolean NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (agency_id, code)
);
CREATE TABLE competency_standard (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    position_code text NOT NULL,
    position_level text,
    competency_code text NOT NULL,
    required_level integer NOT NULL CHECK (required_level BETWEEN 1 AND 5),
    valid_from date NOT NULL,
    source text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    FOREIGN KEY (agency_id, competency_code) REFERENCES competency
);
CREATE INDEX ix_competency_standard_post ON competency_standard (agency_id, position_code);
CREATE TABLE assessment (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employee_id uuid NOT NULL,
    competency_code text NOT NULL,
    actual_level integer NOT NULL CHECK (actual_level BETWEEN 1 AND 5),
    assessed_on date NOT NULL,
    method text NOT NULL,
    evidence_link text,
    assessor_id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    FOREIGN KEY (agency_id, competency_code) REFERENCES competency
);
CREATE INDEX ix_assessment_person ON assessment (agency_id, employee_id, competency_code, assessed_on);

CREATE TABLE need (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employee_id uuid NOT NULL,
    competency_code text NOT NULL,
    state text NOT NULL CHECK (state IN ('OPEN', 'PLANNED', 'MET', 'CANCELLED')),
    required_level integer,
    actual_level integer,
    raised_at timestamptz NOT NULL,
    year integer NOT NULL,
    version integer NOT NULL
);
CREATE UNIQUE INDEX uq_need_live ON need (agency_id, employee_id, competency_code) WHERE state IN ('OPEN', 'PLANNED');
CREATE INDEX ix_need_competency ON need (agency_id, competency_code, state);
CREATE INDEX ix_need_person ON need (agency_id, employee_id, id);
CREATE TABLE need_cause (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    need_id uuid NOT NULL REFERENCES need,
    employee_id uuid NOT NULL,
    competency_code text NOT NULL,
    source text NOT NULL CHECK (source IN ('EVALUATION', 'COMPETENCY_GAP', 'REQUEST')),
    source_id uuid,
    evaluation_id uuid,
    standard_id uuid,
    assessment_id uuid,
    required_level integer,
    actual_level integer,
    reason text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX uq_need_cause_follow_up ON need_cause (agency_id, source_id, competency_code)
    WHERE source = 'EVALUATION';
CREATE UNIQUE INDEX uq_need_cause_gap ON need_cause (agency_id, assessment_id, standard_id)
    WHERE source = 'COMPETENCY_GAP';
CREATE INDEX ix_need_cause_need ON need_cause (agency_id, need_id);
CREATE TABLE need_move (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    need_id uuid NOT NULL REFERENCES need,
    state text NOT NULL,
    reason text NOT NULL,
    moved_by text NOT NULL,
    moved_at timestamptz NOT NULL
);
CREATE INDEX ix_need_move_need ON need_move (agency_id, need_id);

CREATE TABLE plan (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employee_id uuid NOT NULL,
    year integer NOT NULL,
    revision integer NOT NULL,
    state text NOT NULL CHECK (state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'AGREED', 'SUPERSEDED')),
    note text NOT NULL,
    agreed_by uuid,
    agreed_at timestamptz,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (agency_id, employee_id, year, revision),
    CHECK ((agreed_at IS NULL) = (state NOT IN ('AGREED', 'SUPERSEDED')))
);
CREATE UNIQUE INDEX uq_plan_agreed ON plan (agency_id, employee_id, year) WHERE state = 'AGREED';
CREATE UNIQUE INDEX uq_plan_open ON plan (agency_id, employee_id, year)
    WHERE state IN ('DRAFT', 'SUBMITTED', 'RETURNED');
CREATE TABLE plan_item (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    plan_id uuid NOT NULL REFERENCES plan,
    goal text NOT NULL,
    need_id uuid REFERENCES need,
    course_code text,
    kind_code text NOT NULL,
    jp integer NOT NULL CHECK (jp BETWEEN 0 AND 2000),
    due_on date,
    state text NOT NULL CHECK (state IN ('PLANNED', 'DONE')),
    record_id uuid,
    copied_from uuid,
    CHECK ((record_id IS NULL) = (state = 'PLANNED'))
);
CREATE INDEX ix_plan_item_plan ON plan_item (agency_id, plan_id);
CREATE INDEX ix_plan_item_need ON plan_item (agency_id, need_id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'agency', 'org_unit', 'employee', 'jp_target', 'rule_value', 'course_kind', 'competency',
        'competency_standard', 'assessment', 'need', 'need_cause', 'need_move', 'plan', 'plan_item'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
