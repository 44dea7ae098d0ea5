-- Who owes what about whom, for which days, to whom and by when; also why somebody is excused. Each running deadline is a
-- row: original_due_at is what the rule alone gives, due_at has every extension. unit_id is where it is owed.

CREATE TABLE obligation (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    employee_id UUID NOT NULL,
    subject TEXT NOT NULL,
    unit_id UUID,
    owed_by UUID,
    owed_to UUID,
    first_day DATE,
    last_day DATE,
    working_days INTEGER,
    opens_at TIMESTAMP WITH TIME ZONE,
    due_at TIMESTAMP WITH TIME ZONE,
    original_due_at TIMESTAMP WITH TIME ZONE,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    matter_id UUID,
    excused_by UUID,
    excuse TEXT NOT NULL,
    order_reference TEXT NOT NULL,
    version INTEGER NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_obligation PRIMARY KEY (id),
    CONSTRAINT ck_obligation_state CHECK (state IN ('OPEN', 'DONE', 'EXCUSED', 'LAPSED', 'CANCELLED'))
);
CREATE UNIQUE INDEX uq_obligation_subject ON obligation (agency_id, employee_id, kind, subject);
CREATE INDEX ix_obligation_kind ON obligation (agency_id, kind, subject, unit_id, state);
CREATE INDEX ix_obligation_owed_by ON obligation (agency_id, owed_by, due_at) WHERE state = 'OPEN';
CREATE INDEX ix_obligation_due ON obligation (agency_id, due_at) WHERE state = 'OPEN';

-- For which years everybody's obligations were opened; until complete_at is set, somebody may still be without.
CREATE TABLE obligation_year (
    agency_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    complete_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_obligation_year PRIMARY KEY (agency_id, year)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE obligation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON obligation USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE obligation_year ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON obligation_year USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
