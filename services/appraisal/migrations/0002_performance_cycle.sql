-- Plans, evaluations, objections and follow-ups, and the projection of people and units.

CREATE TABLE agency (
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    CONSTRAINT pk_agency PRIMARY KEY (agency_id)
);

CREATE TABLE org_unit (
    agency_id TEXT NOT NULL,
    unit_id UUID NOT NULL,
    parent_id UUID,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    leader_id UUID,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_org_unit PRIMARY KEY (agency_id, unit_id)
);

CREATE TABLE staff (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    employment_type TEXT,
    status TEXT,
    unit_id UUID,
    position_code TEXT,
    position_kind TEXT,
    appraiser_id UUID,
    reviewer_id UUID,
    CONSTRAINT pk_staff PRIMARY KEY (agency_id, employee_id)
);
CREATE INDEX ix_staff_appraiser ON staff (agency_id, appraiser_id);
CREATE INDEX ix_staff_unit ON staff (agency_id, unit_id);

CREATE TABLE rule_version (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    effective_from DATE NOT NULL,
    value JSONB NOT NULL,
    legal_source TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    set_by UUID NOT NULL,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_rule_version PRIMARY KEY (id)
);
CREATE INDEX ix_rule_version_kind ON rule_version (agency_id, kind, effective_from);

CREATE TABLE window_extension (
    id UUID NOT NULL,
    year INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    quarter SMALLINT,
    closes_on DATE NOT NULL,
    reason TEXT NOT NULL,
    set_by UUID NOT NULL,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_window_extension PRIMARY KEY (id)
);
CREATE INDEX ix_window_extension_period ON window_extension (agency_id, year, quarter);

CREATE TABLE plan (
    id UUID NOT NULL,
    employee_id UUID NOT NULL,
    year INTEGER NOT NULL,
    unit_id UUID NOT NULL,
    appraiser_id UUID,
    reviewer_id UUID,
    model TEXT NOT NULL,
    state TEXT NOT NULL,
    plan_version INTEGER NOT NULL,
    active_version INTEGER,
    version INTEGER NOT NULL,
    content JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_plan PRIMARY KEY (id),
    CONSTRAINT ck_plan_state CHECK (state IN ('DRAFT','SUBMITTED','RETURNED','ACTIVE','REVISED','CLOSED')),
    CONSTRAINT ck_plan_active CHECK (state <> 'ACTIVE' OR active_version = plan_version)
);
CREATE INDEX ix_plan_appraiser ON plan (agency_id, appraiser_id, state);
CREATE INDEX ix_plan_employee ON plan (agency_id, employee_id, year);
CREATE INDEX ix_plan_unit ON plan (agency_id, year, unit_id);
CREATE UNIQUE INDEX uq_plan_open ON plan (agency_id, employee_id, year) WHERE state <> 'CLOSED';

CREATE TABLE plan_move (
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    plan_version INTEGER NOT NULL,
    move TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    content JSONB,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_plan_move PRIMARY KEY (id)
);
CREATE INDEX ix_plan_move_plan ON plan_move (plan_id, id);

CREATE TABLE progress (
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    work_result_id UUID NOT NULL,
    day DATE NOT NULL,
    text TEXT NOT NULL,
    evidence_link TEXT,
    quantity NUMERIC,
    unit TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_progress PRIMARY KEY (id)
);
CREATE INDEX ix_progress_plan ON progress (plan_id, id);

CREATE TABLE feedback (
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    giver_id UUID NOT NULL,
    giver_role TEXT NOT NULL,
    work_result_id UUID,
    behaviour_value TEXT,
    text TEXT NOT NULL,
    evidence_link TEXT,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    answer TEXT,
    answered_at TIMESTAMP WITH TIME ZONE,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_feedback PRIMARY KEY (id),
    CONSTRAINT ck_feedback_one_target CHECK ((work_result_id IS NULL) <> (behaviour_value IS NULL)),
    CONSTRAINT ck_feedback_answer CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX ix_feedback_plan ON feedback (plan_id, id);

CREATE TABLE evaluation (
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    plan_version INTEGER NOT NULL,
    employee_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    appraiser_id UUID NOT NULL,
    reviewer_id UUID,
    rated_by UUID NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    quarter SMALLINT,
    state TEXT NOT NULL,
    work_result TEXT NOT NULL,
    behaviour TEXT NOT NULL,
    work_result_note TEXT NOT NULL,
    behaviour_note TEXT NOT NULL,
    predicate TEXT NOT NULL,
    competency_codes JSONB NOT NULL,
    revision INTEGER NOT NULL,
    version INTEGER NOT NULL,
    issued_at TIMESTAMP WITH TIME ZONE,
    received_at TIMESTAMP WITH TIME ZONE,
    receipt TEXT,
    objection_until TIMESTAMP WITH TIME ZONE,
    final_at TIMESTAMP WITH TIME ZONE,
    completed_by TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_evaluation PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_quarter CHECK ((kind = 'PERIODIC') = (quarter IS NOT NULL)),
    CONSTRAINT ck_evaluation_final CHECK ((state = 'FINAL') = (final_at IS NOT NULL AND completed_by IS NOT NULL)),
    CONSTRAINT ck_evaluation_periodic_states CHECK (kind = 'ANNUAL' OR state IN ('PROPOSED','FINAL')),
    CONSTRAINT ck_evaluation_objected CHECK (state <> 'OBJECTED' OR received_at IS NOT NULL)
);
CREATE INDEX ix_evaluation_appraiser ON evaluation (agency_id, appraiser_id, state);
CREATE INDEX ix_evaluation_unit ON evaluation (agency_id, year, quarter, unit_id);
CREATE UNIQUE INDEX uq_evaluation_period ON evaluation (agency_id, employee_id, year, coalesce(quarter, 0));

CREATE TABLE evaluation_version (
    evaluation_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    work_result TEXT NOT NULL,
    behaviour TEXT NOT NULL,
    work_result_note TEXT NOT NULL,
    behaviour_note TEXT NOT NULL,
    predicate TEXT NOT NULL,
    decided_by UUID NOT NULL,
    capacity TEXT NOT NULL,
    reason TEXT NOT NULL,
    order_reference TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    plan_version INTEGER NOT NULL,
    considered JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_evaluation_version PRIMARY KEY (evaluation_id, revision)
);

CREATE TABLE dialogue (
    id UUID NOT NULL,
    evaluation_id UUID NOT NULL,
    author_id UUID NOT NULL,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_dialogue PRIMARY KEY (id)
);
CREATE INDEX ix_dialogue_evaluation ON dialogue (evaluation_id, id);

CREATE TABLE objection (
    id UUID NOT NULL,
    evaluation_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    appraiser_id UUID NOT NULL,
    decider_id UUID,
    designated_by UUID,
    designation_reason TEXT NOT NULL,
    reasons TEXT NOT NULL,
    evidence_links JSONB NOT NULL,
    filed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decide_by TIMESTAMP WITH TIME ZONE NOT NULL,
    escalated_at TIMESTAMP WITH TIME ZONE,
    outcome TEXT,
    decided_by UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    decision_reasons TEXT NOT NULL,
    version INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_objection PRIMARY KEY (id),
    CONSTRAINT ck_objection_decision CHECK ((outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decided_by IS NULL)),
    CONSTRAINT ck_objection_decider CHECK (decider_id IS NULL OR decider_id <> employee_id)
);
CREATE INDEX ix_objection_open ON objection (agency_id, decider_id) WHERE outcome IS NULL;
CREATE UNIQUE INDEX uq_objection_evaluation_id ON objection (evaluation_id);

CREATE TABLE follow_up (
    id UUID NOT NULL,
    employee_id UUID NOT NULL,
    evaluation_id UUID NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    appraiser_id UUID NOT NULL,
    assigned_to UUID,
    competency_codes JSONB NOT NULL,
    repeated BOOLEAN NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    outcome TEXT NOT NULL,
    version INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_follow_up PRIMARY KEY (id),
    CONSTRAINT ck_follow_up_closed CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))
);
CREATE INDEX ix_follow_up_employee ON follow_up (agency_id, employee_id);
CREATE UNIQUE INDEX uq_follow_up_evaluation_id_kind ON follow_up (evaluation_id, kind);

CREATE TABLE follow_up_note (
    id UUID NOT NULL,
    follow_up_id UUID NOT NULL,
    author_id UUID NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_follow_up_note PRIMARY KEY (id)
);
CREATE INDEX ix_follow_up_note_follow_up ON follow_up_note (follow_up_id, id);

CREATE TABLE follow_up_action (
    id UUID NOT NULL,
    follow_up_id UUID NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    due_on DATE,
    done_on DATE,
    added_by UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_follow_up_action PRIMARY KEY (id)
);
CREATE INDEX ix_follow_up_action_follow_up ON follow_up_action (follow_up_id, id);

CREATE TABLE org_predicate (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    year INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    quarter SMALLINT,
    predicate TEXT NOT NULL,
    set_by UUID NOT NULL,
    capacity TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_org_predicate PRIMARY KEY (id)
);
CREATE INDEX ix_org_predicate_unit ON org_predicate (agency_id, unit_id, year, quarter);

CREATE TABLE distribution_override (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    year INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    quarter SMALLINT,
    reason TEXT NOT NULL,
    set_by UUID NOT NULL,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_distribution_override PRIMARY KEY (id)
);
CREATE INDEX ix_distribution_override_unit ON distribution_override (agency_id, unit_id, year, quarter);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'agency', 'org_unit', 'staff', 'rule_version', 'window_extension', 'plan', 'plan_move', 'progress',
        'feedback', 'evaluation', 'evaluation_version', 'dialogue', 'objection', 'follow_up', 'follow_up_note',
        'follow_up_action', 'org_predicate', 'distribution_override'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
