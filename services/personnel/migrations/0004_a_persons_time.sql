-- A person's time: every record has a cause and may be withdrawn, employment is three series, the timeline is published.
-- migrate: all-agencies agency, employment_record, superior_record
ALTER TABLE agency ADD COLUMN highest_job_class INTEGER DEFAULT 17 NOT NULL;

ALTER TABLE position_record
    ADD COLUMN cause TEXT DEFAULT 'CHANGE' NOT NULL,
    ADD COLUMN decision_number TEXT,
    ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN withdrawn_by UUID,
    ADD COLUMN withdrawal_reason TEXT;
ALTER TABLE superior_record
    ADD COLUMN cause TEXT DEFAULT 'CHANGE' NOT NULL,
    ADD COLUMN decision_number TEXT,
    ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN withdrawn_by UUID,
    ADD COLUMN withdrawal_reason TEXT;
UPDATE superior_record SET cause = 'CORRECTION' WHERE source = 'CORRECTION';

CREATE TABLE status_record (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    status TEXT NOT NULL,
    until DATE,
    effective_from DATE NOT NULL,
    recorded_on DATE NOT NULL,
    replaces_later BOOLEAN NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    source TEXT NOT NULL,
    reason TEXT,
    cause TEXT DEFAULT 'CHANGE' NOT NULL,
    decision_number TEXT,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    withdrawn_by UUID,
    withdrawal_reason TEXT,
    CONSTRAINT pk_status_record PRIMARY KEY (id),
    CONSTRAINT fk_status_record_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id)
);
CREATE INDEX ix_status_record_employee_id ON status_record (employee_id);
CREATE INDEX ix_status_record_agency_id_effective_from ON status_record (agency_id, effective_from);

CREATE TABLE employment_type_record (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    employment_type TEXT NOT NULL,
    effective_from DATE NOT NULL,
    recorded_on DATE NOT NULL,
    replaces_later BOOLEAN NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    source TEXT NOT NULL,
    reason TEXT,
    cause TEXT DEFAULT 'CHANGE' NOT NULL,
    decision_number TEXT,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    withdrawn_by UUID,
    withdrawal_reason TEXT,
    CONSTRAINT pk_employment_type_record PRIMARY KEY (id),
    CONSTRAINT fk_employment_type_record_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id)
);
CREATE INDEX ix_employment_type_record_employee_id ON employment_type_record (employee_id);
CREATE INDEX ix_employment_type_record_agency_id_effective_from ON employment_type_record (agency_id, effective_from);

CREATE TABLE grade_record (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    grade TEXT NOT NULL,
    grade_since DATE NOT NULL,
    effective_from DATE NOT NULL,
    recorded_on DATE NOT NULL,
    replaces_later BOOLEAN NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    source TEXT NOT NULL,
    reason TEXT,
    cause TEXT DEFAULT 'CHANGE' NOT NULL,
    decision_number TEXT,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    withdrawn_by UUID,
    withdrawal_reason TEXT,
    CONSTRAINT pk_grade_record PRIMARY KEY (id),
    CONSTRAINT fk_grade_record_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id)
);
CREATE INDEX ix_grade_record_employee_id ON grade_record (employee_id);
CREATE INDEX ix_grade_record_agency_id_effective_from ON grade_record (agency_id, effective_from);

CREATE TABLE published_timeline (
    employee_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    service_start DATE NOT NULL,
    stretches JSONB NOT NULL,
    CONSTRAINT pk_published_timeline PRIMARY KEY (employee_id),
    CONSTRAINT fk_published_timeline_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id)
);

-- Each series gets the states of employment in which its own value is another one than before. They spoke for all days
-- up to their recording.
INSERT INTO status_record (
    agency_id, employee_id, status, effective_from, recorded_on, replaces_later, recorded_at, recorded_by, source,
    reason
)
SELECT s.agency_id, s.employee_id, s.status, s.effective_from,
    CAST(s.recorded_at AT TIME ZONE coalesce(a.time_zone, 'Asia/Jakarta') AS DATE), true, s.recorded_at, s.recorded_by,
    s.source, s.reason
FROM (
    SELECT r.*,
        lag(r.status) OVER former AS former_status
    FROM employment_record r WINDOW former AS (PARTITION BY r.employee_id ORDER BY r.id)
) s LEFT JOIN agency a ON a.agency_id = s.agency_id
WHERE s.former_status IS DISTINCT FROM s.status
ORDER BY s.id;
INSERT INTO employment_type_record (
    agency_id, employee_id, employment_type, effective_from, recorded_on, replaces_later, recorded_at, recorded_by, source,
    reason
)
SELECT s.agency_id, s.employee_id, s.employment_type, s.effective_from,
    CAST(s.recorded_at AT TIME ZONE coalesce(a.time_zone, 'Asia/Jakarta') AS DATE), true, s.recorded_at, s.recorded_by,
    s.source, s.reason
FROM (
    SELECT r.*,
        lag(r.employment_type) OVER former AS former_employment_type
    FROM employment_record r WINDOW former AS (PARTITION BY r.employee_id ORDER BY r.id)
) s LEFT JOIN agency a ON a.agency_id = s.agency_id
WHERE s.former_employment_type IS DISTINCT FROM s.employment_type
ORDER BY s.id;
INSERT INTO grade_record (
    agency_id, employee_id, grade, grade_since, effective_from, recorded_on, replaces_later, recorded_at, recorded_by, source,
    reason
)
SELECT s.agency_id, s.employee_id, s.grade, s.grade_since, s.effective_from,
    CAST(s.recorded_at AT TIME ZONE coalesce(a.time_zone, 'Asia/Jakarta') AS DATE), true, s.recorded_at, s.recorded_by,
    s.source, s.reason
FROM (
    SELECT r.*,
        lag(r.grade) OVER former AS former_grade,
        lag(r.grade_since) OVER former AS former_grade_since
    FROM employment_record r WINDOW former AS (PARTITION BY r.employee_id ORDER BY r.id)
) s LEFT JOIN agency a ON a.agency_id = s.agency_id
WHERE s.former_grade IS DISTINCT FROM s.grade OR s.former_grade_since IS DISTINCT FROM s.grade_since
ORDER BY s.id;

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY['status_record', 'employment_type_record', 'grade_record', 'published_timeline'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;

-- employment_record stays as long as processes of the former release may write it; what they write becomes records of the
-- series as well. The next release drops the table, the function and with them this bridge.
CREATE FUNCTION record_employment_series() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    zone text := coalesce((SELECT a.time_zone FROM agency a WHERE a.agency_id = NEW.agency_id), 'Asia/Jakarta');
    day date := CAST(NEW.recorded_at AT TIME ZONE zone AS date);
BEGIN
    INSERT INTO status_record (
        agency_id, employee_id, status, effective_from, recorded_on, replaces_later, recorded_at, recorded_by,
        source, reason
    )
    SELECT NEW.agency_id, NEW.employee_id, NEW.status, NEW.effective_from, day, true, NEW.recorded_at,
        NEW.recorded_by, NEW.source, NEW.reason
    WHERE NEW.status IS DISTINCT FROM (
        SELECT r.status FROM status_record r WHERE r.employee_id = NEW.employee_id ORDER BY r.id DESC LIMIT 1
    );
    INSERT INTO employment_type_record (
        agency_id, employee_id, employment_type, effective_from, recorded_on, replaces_later, recorded_at, recorded_by, source,
        reason
    )
    SELECT NEW.agency_id, NEW.employee_id, NEW.employment_type, NEW.effective_from, day, true, NEW.recorded_at,
        NEW.recorded_by, NEW.source, NEW.reason
    WHERE NEW.employment_type IS DISTINCT FROM (
        SELECT r.employment_type FROM employment_type_record r WHERE r.employee_id = NEW.employee_id
        ORDER BY r.id DESC LIMIT 1
    );
    INSERT INTO grade_record (
        agency_id, employee_id, grade, grade_since, effective_from, recorded_on, replaces_later, recorded_at, recorded_by,
        source, reason
    )
    SELECT NEW.agency_id, NEW.employee_id, NEW.grade, NEW.grade_since, NEW.effective_from, day, true, NEW.recorded_at,
        NEW.recorded_by, NEW.source, NEW.reason
    WHERE NOT EXISTS (
        SELECT 1 FROM (
            SELECT r.grade, r.grade_since FROM grade_record r WHERE r.employee_id = NEW.employee_id ORDER BY r.id DESC LIMIT 1
        ) last WHERE last.grade = NEW.grade AND last.grade_since = NEW.grade_since
    );
    RETURN NULL;
END $$;
CREATE TRIGGER record_employment_series AFTER INSERT ON employment_record
    FOR EACH ROW EXECUTE FUNCTION record_employment_series();

-- Every agency's worker publishes the timelines of the people whom it has.
INSERT INTO job (id, agency_id, kind, key, created_at, updated_at)
SELECT gen_random_uuid(), agency_id, 'publish_timelines', '', clock_timestamp(), clock_timestamp() FROM agency;
