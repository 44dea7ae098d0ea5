-- Surveys, reports and their tickets, programmes, and the projection of units and employees.

CREATE TABLE agency (
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    CONSTRAINT pk_agency PRIMARY KEY (agency_id)
);

CREATE TABLE check_up (
    check_up_id UUID NOT NULL,
    number INTEGER GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    year INTEGER NOT NULL,
    done BOOLEAN NOT NULL,
    done_on DATE,
    CONSTRAINT pk_check_up PRIMARY KEY (check_up_id),
    CONSTRAINT ck_check_up_done_has_a_day CHECK (done = (done_on IS NOT NULL))
);
CREATE INDEX ix_check_up_person ON check_up (agency_id, employee_id, year);

CREATE TABLE employee (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    status TEXT,
    unit_id UUID,
    appraiser_id UUID,
    reviewer_id UUID,
    CONSTRAINT pk_employee PRIMARY KEY (agency_id, employee_id)
);
CREATE INDEX ix_employee_unit ON employee (agency_id, unit_id);

CREATE TABLE holiday (
    agency_id TEXT NOT NULL,
    day DATE NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_holiday PRIMARY KEY (agency_id, day)
);

CREATE TABLE measurement (
    measurement_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    unit_id UUID NOT NULL,
    place TEXT NOT NULL,
    measure TEXT NOT NULL,
    value NUMERIC NOT NULL,
    measured_on DATE NOT NULL,
    finding TEXT NOT NULL,
    lowest NUMERIC,
    highest NUMERIC,
    source TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    reference_version TEXT NOT NULL,
    ticket_id UUID,
    measured_by UUID NOT NULL,
    CONSTRAINT pk_measurement PRIMARY KEY (measurement_id)
);
CREATE INDEX ix_measurement_ticket_id ON measurement (ticket_id);

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

CREATE TABLE programme (
    programme_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    description TEXT NOT NULL,
    CONSTRAINT pk_programme PRIMARY KEY (programme_id)
);

CREATE TABLE reference (
    reference_id UUID NOT NULL,
    number INTEGER GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    valid_from DATE NOT NULL,
    body JSONB NOT NULL,
    source TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_reference PRIMARY KEY (reference_id)
);

CREATE TABLE survey (
    survey_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    title TEXT NOT NULL,
    introduction TEXT NOT NULL,
    state TEXT NOT NULL,
    scope JSONB NOT NULL,
    groups JSONB,
    secret TEXT NOT NULL,
    closes_on DATE,
    anonymity JSONB,
    anonymity_version TEXT,
    tokens_given INTEGER,
    published_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_survey PRIMARY KEY (survey_id),
    CONSTRAINT ck_survey_state_known CHECK (state IN ('DRAFT', 'OPEN', 'CLOSED', 'PUBLISHED')),
    CONSTRAINT ck_survey_open_has_an_end CHECK ((state = 'DRAFT') = (closes_on IS NULL))
);

CREATE TABLE survey_answer (
    answer_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    survey_id UUID NOT NULL,
    question_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    score SMALLINT,
    text TEXT,
    CONSTRAINT pk_survey_answer PRIMARY KEY (answer_id),
    CONSTRAINT ck_survey_answer_score_or_text CHECK ((score IS NULL) <> (text IS NULL)),
    CONSTRAINT ck_survey_answer_score_in_range CHECK (score BETWEEN 1 AND 5)
);
CREATE INDEX ix_survey_answer_question ON survey_answer (survey_id, question_id);

CREATE TABLE survey_ballot (
    ballot_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    survey_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT pk_survey_ballot PRIMARY KEY (ballot_id),
    CONSTRAINT uq_survey_ballot_survey_id_digest UNIQUE (survey_id, digest)
);

CREATE TABLE survey_participation (
    agency_id TEXT NOT NULL,
    survey_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    CONSTRAINT pk_survey_participation PRIMARY KEY (survey_id, employee_id)
);

CREATE TABLE survey_result (
    result_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    survey_id UUID NOT NULL,
    question_id UUID,
    unit_id UUID,
    answers INTEGER,
    mean NUMERIC,
    texts JSONB,
    reason TEXT,
    CONSTRAINT pk_survey_result PRIMARY KEY (result_id),
    CONSTRAINT uq_survey_result_survey_id_question_id_unit_id UNIQUE NULLS NOT DISTINCT (survey_id, question_id, unit_id),
    CONSTRAINT ck_survey_result_hidden_or_shown CHECK ((reason IS NULL) = (answers IS NOT NULL)),
    CONSTRAINT ck_survey_result_hidden_says_nothing CHECK (reason IS NULL OR (mean IS NULL AND texts IS NULL))
);

CREATE TABLE ticket (
    ticket_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    danger BOOLEAN NOT NULL,
    unit_id UUID,
    place TEXT NOT NULL,
    description TEXT NOT NULL,
    anonymous BOOLEAN NOT NULL,
    reporter_id UUID,
    code_digest TEXT,
    state TEXT NOT NULL,
    owner_id UUID,
    referral TEXT,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_rule TEXT NOT NULL,
    escalated_at TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_ticket PRIMARY KEY (ticket_id),
    CONSTRAINT ck_ticket_anonymous_has_no_reporter CHECK (NOT (anonymous AND reporter_id IS NOT NULL)),
    CONSTRAINT ck_ticket_place_has_a_unit CHECK (kind = 'PERSONAL' OR unit_id IS NOT NULL),
    CONSTRAINT ck_ticket_closed_has_a_time CHECK ((state IN ('RESOLVED', 'REFERRED')) = (closed_at IS NOT NULL)),
    CONSTRAINT ck_ticket_referred_has_a_place CHECK ((state = 'REFERRED') = (referral IS NOT NULL)),
    CONSTRAINT uq_ticket_agency_id_code_digest UNIQUE (agency_id, code_digest)
);
CREATE INDEX ix_ticket_listing ON ticket (agency_id, kind, received_at, ticket_id);
CREATE UNIQUE INDEX uq_ticket_measured_place ON ticket (agency_id, unit_id, place, category) WHERE kind = 'ENVIRONMENT' AND state NOT IN ('RESOLVED', 'REFERRED');

CREATE TABLE ticket_entry (
    entry_id UUID NOT NULL,
    number INTEGER GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    ticket_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    action TEXT NOT NULL,
    state TEXT NOT NULL,
    actor_id UUID,
    note TEXT NOT NULL,
    CONSTRAINT pk_ticket_entry PRIMARY KEY (entry_id)
);
CREATE INDEX ix_ticket_entry_ticket_id ON ticket_entry (ticket_id);

CREATE TABLE ticket_exclusion (
    agency_id TEXT NOT NULL,
    ticket_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_ticket_exclusion PRIMARY KEY (ticket_id, employee_id)
);

CREATE TABLE ticket_message (
    message_id UUID NOT NULL,
    number INTEGER GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    ticket_id UUID NOT NULL,
    written_on DATE NOT NULL,
    from_reporter BOOLEAN NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_ticket_message PRIMARY KEY (message_id)
);
CREATE INDEX ix_ticket_message_ticket_id ON ticket_message (ticket_id);

CREATE TABLE ticket_subject (
    subject_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    ticket_id UUID NOT NULL,
    role TEXT NOT NULL,
    employee_id UUID,
    unit_id UUID,
    CONSTRAINT pk_ticket_subject PRIMARY KEY (subject_id)
);
CREATE INDEX ix_ticket_subject_ticket_id ON ticket_subject (ticket_id);

CREATE TABLE working_arrangement (
    arrangement_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    flexibility TEXT NOT NULL,
    begins_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    state TEXT NOT NULL,
    weekly_hours NUMERIC NOT NULL,
    reference_version TEXT NOT NULL,
    decided_by UUID,
    version INTEGER NOT NULL,
    CONSTRAINT pk_working_arrangement PRIMARY KEY (arrangement_id),
    CONSTRAINT ck_working_arrangement_ends_after_begin CHECK (begins_on <= ends_on)
);
CREATE INDEX ix_working_arrangement_employee_id ON working_arrangement (employee_id);

CREATE TABLE programme_session (
    session_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    programme_id UUID NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    place TEXT NOT NULL,
    seats INTEGER NOT NULL,
    CONSTRAINT pk_programme_session PRIMARY KEY (session_id),
    CONSTRAINT fk_programme_session_programme_id FOREIGN KEY(programme_id) REFERENCES programme (programme_id),
    CONSTRAINT ck_programme_session_seats_positive CHECK (seats > 0),
    CONSTRAINT ck_programme_session_ends_after_start CHECK (starts_at < ends_at)
);
CREATE INDEX ix_programme_session_programme_id ON programme_session (programme_id);

CREATE TABLE survey_question (
    question_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    survey_id UUID NOT NULL,
    position SMALLINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_survey_question PRIMARY KEY (question_id),
    CONSTRAINT fk_survey_question_survey_id FOREIGN KEY(survey_id) REFERENCES survey (survey_id) ON DELETE CASCADE,
    CONSTRAINT uq_survey_question_survey_id_position UNIQUE (survey_id, position)
);

CREATE TABLE enrolment (
    enrolment_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    session_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    unit_id UUID,
    state TEXT NOT NULL,
    CONSTRAINT pk_enrolment PRIMARY KEY (enrolment_id),
    CONSTRAINT fk_enrolment_session_id FOREIGN KEY(session_id) REFERENCES programme_session (session_id)
);
CREATE INDEX ix_enrolment_employee_id ON enrolment (employee_id);
CREATE UNIQUE INDEX uq_enrolment_live ON enrolment (session_id, employee_id) WHERE state <> 'CANCELLED';

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'agency', 'check_up', 'employee', 'holiday', 'measurement', 'org_unit', 'programme', 'reference', 'survey',
        'survey_answer', 'survey_ballot', 'survey_participation', 'survey_result', 'ticket', 'ticket_entry',
        'ticket_exclusion', 'ticket_message', 'ticket_subject', 'working_arrangement', 'programme_session',
        'survey_question', 'enrolment'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
