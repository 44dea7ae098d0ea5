-- Courses and sessions, training records and the JP ledger, the library.

CREATE TABLE course (
    agency_id text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    kind_code text NOT NULL,
    jp integer NOT NULL CHECK (jp BETWEEN 1 AND 2000),
    level integer CHECK (level BETWEEN 1 AND 5),
    competency_codes text[] NOT NULL,
    provider text NOT NULL,
    active boolean NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (agency_id, code),
    FOREIGN KEY (agency_id, kind_code) REFERENCES course_kind
);
CREATE INDEX ix_course_competency ON course USING gin (competency_codes);
CREATE TABLE session (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    course_code text NOT NULL,
    jp integer NOT NULL,
    seats integer NOT NULL CHECK (seats BETWEEN 1 AND 100000),
    taken integer NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    enrol_opens_on date NOT NULL,
    enrol_closes_on date NOT NULL,
    place text NOT NULL,
    trainer_id uuid,
    state text NOT NULL CHECK (state IN ('OPEN', 'CANCELLED')),
    version integer NOT NULL,
    FOREIGN KEY (agency_id, course_code) REFERENCES course,
    CHECK (ends_on >= starts_on),
    CHECK (enrol_opens_on <= enrol_closes_on AND enrol_closes_on <= ends_on),
    CONSTRAINT seats_never_oversold CHECK (taken BETWEEN 0 AND seats)
);
CREATE INDEX ix_session_course ON session (agency_id, course_code, starts_on);
CREATE TABLE enrolment (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    session_id uuid NOT NULL REFERENCES session,
    employee_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('CONFIRMED', 'WAITING', 'CANCELLED', 'COMPLETED')),
    requested_by uuid NOT NULL,
    enrolled_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    cancel_reason text
);
CREATE UNIQUE INDEX uq_enrolment_live ON enrolment (session_id, employee_id) WHERE state <> 'CANCELLED';
CREATE INDEX ix_enrolment_person ON enrolment (agency_id, employee_id, id);
CREATE TABLE attendance (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    enrolment_id uuid NOT NULL REFERENCES enrolment,
    day date NOT NULL,
    present boolean NOT NULL,
    marked_by uuid NOT NULL,
    marked_at timestamptz NOT NULL
);
CREATE INDEX ix_attendance_enrolment ON attendance (agency_id, enrolment_id, day, id);

CREATE TABLE record (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employee_id uuid NOT NULL,
    origin text NOT NULL CHECK (origin IN ('SESSION', 'EXTERNAL')),
    course_code text NOT NULL,
    session_id uuid REFERENCES session,
    enrolment_id uuid REFERENCES enrolment,
    plan_item_id uuid REFERENCES plan_item,
    title text NOT NULL,
    kind_code text NOT NULL,
    competency_codes text[] NOT NULL,
    provider text NOT NULL,
    provider_key text NOT NULL,
    certificate_number text NOT NULL,
    certificate_key text NOT NULL,
    jp integer NOT NULL CHECK (jp BETWEEN 1 AND 2000),
    started_on date NOT NULL,
    completed_on date NOT NULL,
    issued_on date NOT NULL,
    evidence_link text,
    state text NOT NULL CHECK (state IN ('SUBMITTED', 'VERIFIED', 'REJECTED', 'REVOKED')),
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    CHECK (completed_on >= started_on),
    CHECK ((origin = 'SESSION') = (session_id IS NOT NULL))
);
CREATE UNIQUE INDEX uq_record_certificate ON record (agency_id, employee_id, provider_key, certificate_key)
    WHERE state IN ('SUBMITTED', 'VERIFIED');
CREATE INDEX ix_record_person ON record (agency_id, employee_id, completed_on);
CREATE INDEX ix_record_state ON record (agency_id, state, id);
CREATE TABLE record_move (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    record_id uuid NOT NULL REFERENCES record,
    state text NOT NULL,
    reason_code text NOT NULL,
    note text NOT NULL,
    moved_by uuid NOT NULL,
    moved_at timestamptz NOT NULL
);
CREATE INDEX ix_record_move_record ON record_move (agency_id, record_id);
CREATE TABLE jp_ledger (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    employee_id uuid NOT NULL,
    year integer NOT NULL,
    jp integer NOT NULL CHECK (jp <> 0),
    record_id uuid NOT NULL REFERENCES record,
    reverses_id uuid UNIQUE REFERENCES jp_ledger,
    booked_at timestamptz NOT NULL,
    CHECK ((jp < 0) = (reverses_id IS NOT NULL))
);
CREATE UNIQUE INDEX uq_jp_ledger_credit ON jp_ledger (record_id) WHERE reverses_id IS NULL;
CREATE INDEX ix_jp_ledger_person ON jp_ledger (agency_id, employee_id, year);
CREATE INDEX ix_jp_ledger_year ON jp_ledger (agency_id, year);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: book a correcting row', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER jp_ledger_is_append_only BEFORE UPDATE OR DELETE ON jp_ledger
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assessment_is_append_only BEFORE UPDATE OR DELETE ON assessment
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER competency_standard_is_append_only BEFORE UPDATE OR DELETE ON competency_standard
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE reference_item (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    author text NOT NULL,
    year integer CHECK (year BETWEEN 1000 AND 2200),
    kind text NOT NULL,
    subject text NOT NULL,
    competency_codes text[] NOT NULL,
    language text NOT NULL,
    licence text NOT NULL,
    link text,
    copies integer NOT NULL CHECK (copies BETWEEN 0 AND 100000),
    on_loan integer NOT NULL,
    reserved integer NOT NULL,
    active boolean NOT NULL,
    version integer NOT NULL,
    words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', subject), 'B')
        || setweight(to_tsvector('simple', author), 'B')
    ) STORED,
    UNIQUE (agency_id, code),
    CONSTRAINT copies_never_overlent CHECK (on_loan >= 0 AND reserved >= 0 AND on_loan + reserved <= copies)
);
CREATE INDEX ix_reference_item_words ON reference_item USING gin (words);
CREATE INDEX ix_reference_item_competency ON reference_item USING gin (competency_codes);
CREATE TABLE loan (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    item_id uuid NOT NULL REFERENCES reference_item,
    employee_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('ON_LOAN', 'RETURNED')),
    lent_on date NOT NULL,
    due_on date NOT NULL,
    returned_on date,
    renewals integer NOT NULL,
    CHECK ((returned_on IS NULL) = (state = 'ON_LOAN'))
);
CREATE UNIQUE INDEX uq_loan_live ON loan (item_id, employee_id) WHERE state = 'ON_LOAN';
CREATE INDEX ix_loan_person ON loan (agency_id, employee_id, id);
CREATE TABLE hold (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    item_id uuid NOT NULL REFERENCES reference_item,
    employee_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('WAITING', 'READY', 'FULFILLED', 'CANCELLED', 'EXPIRED')),
    placed_at timestamptz NOT NULL,
    pick_up_by date,
    CHECK (state <> 'READY' OR pick_up_by IS NOT NULL)
);
CREATE UNIQUE INDEX uq_hold_live ON hold (item_id, employee_id) WHERE state IN ('WAITING', 'READY');
CREATE INDEX ix_hold_person ON hold (agency_id, employee_id, id);
CREATE TABLE reading (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    plan_item_id uuid NOT NULL REFERENCES plan_item,
    item_id uuid NOT NULL REFERENCES reference_item,
    added_by uuid NOT NULL,
    added_at timestamptz NOT NULL,
    read_on date,
    UNIQUE (plan_item_id, item_id)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'course', 'session', 'enrolment', 'attendance', 'record', 'record_move', 'jp_ledger', 'reference_item',
        'loan', 'hold', 'reading'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
