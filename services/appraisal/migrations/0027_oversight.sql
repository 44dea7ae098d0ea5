-- Oversight: patterns in how a period was rated, and samples that an inspector draws. Nothing of it is deleted, and what was
-- drawn or read is not changed either.

CREATE TABLE anomaly_run (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    quarter SMALLINT,
    month SMALLINT,
    rule_version TEXT NOT NULL,
    thresholds JSONB NOT NULL,
    started_by UUID NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    found JSONB NOT NULL,
    opened JSONB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_anomaly_run PRIMARY KEY (id)
);

CREATE TABLE anomaly (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    quarter SMALLINT,
    month SMALLINT,
    subject TEXT NOT NULL,
    official_id UUID,
    evaluations INTEGER NOT NULL,
    people INTEGER NOT NULL,
    rule_version TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    looked_at_by UUID,
    looked_at TIMESTAMP WITH TIME ZONE,
    remark TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_anomaly PRIMARY KEY (id),
    CONSTRAINT ck_anomaly_state CHECK (state IN ('OPEN', 'LOOKED_AT')),
    CONSTRAINT ck_anomaly_looked_at CHECK (
        (state = 'LOOKED_AT') = (looked_at IS NOT NULL) AND (looked_at IS NULL) = (looked_at_by IS NULL)
    )
);
-- One open anomaly for each pattern of a period.
CREATE UNIQUE INDEX uq_anomaly_open ON anomaly (agency_id, kind, year, coalesce(quarter, 0), coalesce(month, 0), subject)
WHERE state = 'OPEN';
CREATE INDEX ix_anomaly_period ON anomaly (agency_id, year, id);

-- The evaluations that an anomaly rests on, and whose they are.
CREATE TABLE anomaly_basis (
    anomaly_id UUID NOT NULL,
    evaluation_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    CONSTRAINT pk_anomaly_basis PRIMARY KEY (anomaly_id, evaluation_id)
);
CREATE INDEX ix_anomaly_basis_employee ON anomaly_basis (agency_id, employee_id);

CREATE TABLE sample (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    quarter SMALLINT,
    month SMALLINT,
    unit_id UUID,
    size INTEGER,
    share NUMERIC,
    by_predicate BOOLEAN NOT NULL,
    algorithm TEXT NOT NULL,
    seed TEXT NOT NULL,
    seed_given BOOLEAN NOT NULL,
    population INTEGER NOT NULL,
    population_hash TEXT NOT NULL,
    drawn INTEGER NOT NULL,
    strata JSONB NOT NULL,
    reason TEXT NOT NULL,
    order_reference TEXT NOT NULL,
    drawn_by UUID NOT NULL,
    drawn_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    closed_by UUID,
    closed_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_sample PRIMARY KEY (id),
    CONSTRAINT ck_sample_state CHECK (state IN ('OPEN', 'CLOSED')),
    CONSTRAINT ck_sample_closed CHECK (
        (state = 'CLOSED') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_by IS NULL)
    ),
    CONSTRAINT ck_sample_wanted CHECK (num_nonnulls(size, share) = 1)
);
CREATE INDEX ix_sample_year ON sample (agency_id, year, id);

CREATE TABLE sample_member (
    sample_id UUID NOT NULL,
    evaluation_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    predicate TEXT NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_sample_member PRIMARY KEY (sample_id, evaluation_id)
);
CREATE UNIQUE INDEX uq_sample_member_position ON sample_member (sample_id, position);

-- Which evaluation an inspector has read within a sample: shown to the person whose it is.
CREATE TABLE sample_reading (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    sample_id UUID NOT NULL,
    evaluation_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    read_by UUID NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_sample_reading PRIMARY KEY (id)
);
CREATE INDEX ix_sample_reading_employee ON sample_reading (agency_id, employee_id, id);
CREATE INDEX ix_sample_reading_sample ON sample_reading (sample_id, evaluation_id);

CREATE FUNCTION keep_oversight() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % stay as they are', TG_TABLE_NAME;
END $$;
CREATE TRIGGER anomaly_run_stays BEFORE DELETE ON anomaly_run FOR EACH ROW EXECUTE FUNCTION keep_oversight();
CREATE TRIGGER anomaly_stays BEFORE DELETE ON anomaly FOR EACH ROW EXECUTE FUNCTION keep_oversight();
CREATE TRIGGER sample_stays BEFORE DELETE ON sample FOR EACH ROW EXECUTE FUNCTION keep_oversight();
CREATE TRIGGER sample_is_drawn_once BEFORE UPDATE OF reason, order_reference, seed, population_hash, drawn_by, drawn_at ON sample
FOR EACH ROW EXECUTE FUNCTION keep_oversight();
CREATE TRIGGER anomaly_basis_stays BEFORE UPDATE OR DELETE ON anomaly_basis FOR EACH ROW EXECUTE FUNCTION keep_oversight();
CREATE TRIGGER sample_member_stays BEFORE UPDATE OR DELETE ON sample_member FOR EACH ROW EXECUTE FUNCTION keep_oversight();
CREATE TRIGGER sample_reading_stays BEFORE UPDATE OR DELETE ON sample_reading FOR EACH ROW EXECUTE FUNCTION keep_oversight();

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE anomaly_run ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON anomaly_run USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE anomaly ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON anomaly USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE anomaly_basis ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON anomaly_basis USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE sample ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON sample USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE sample_member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON sample_member USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE sample_reading ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON sample_reading USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
