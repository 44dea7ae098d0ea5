-- Units in time: what was recorded of a unit as four series, and the timeline that follows from them.
-- migrate: all-agencies agency, org_unit_record

CREATE TABLE unit_record (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    unit_id UUID NOT NULL,
    series TEXT NOT NULL,
    code TEXT,
    name TEXT,
    parent_id UUID,
    leader_id UUID,
    active BOOLEAN,
    effective_from DATE NOT NULL,
    recorded_on DATE NOT NULL,
    replaces_later BOOLEAN NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    source TEXT NOT NULL,
    reason TEXT,
    decision_number TEXT,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    withdrawn_by UUID,
    withdrawal_reason TEXT,
    CONSTRAINT pk_unit_record PRIMARY KEY (id),
    CONSTRAINT ck_unit_record_series CHECK (series IN ('NAME', 'PARENT', 'LEADER', 'ACTIVE')),
    CONSTRAINT ck_unit_record_name CHECK ((series = 'NAME') = (code IS NOT NULL AND name IS NOT NULL)),
    CONSTRAINT ck_unit_record_active CHECK ((series = 'ACTIVE') = (active IS NOT NULL)),
    CONSTRAINT fk_unit_record_unit_id FOREIGN KEY(unit_id) REFERENCES org_unit (id)
);
CREATE INDEX ix_unit_record_unit_id ON unit_record (unit_id);

CREATE TABLE org_unit_stretch (
    unit_id UUID NOT NULL,
    first_day DATE NOT NULL,
    agency_id TEXT NOT NULL,
    last_day DATE,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id UUID,
    leader_id UUID,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_org_unit_stretch PRIMARY KEY (unit_id, first_day),
    CONSTRAINT ck_org_unit_stretch_days CHECK (last_day >= first_day),
    CONSTRAINT ck_org_unit_stretch_not_own_parent CHECK (parent_id <> unit_id),
    CONSTRAINT fk_org_unit_stretch_unit_id FOREIGN KEY(unit_id) REFERENCES org_unit (id)
);
CREATE INDEX ix_org_unit_stretch_parent_id ON org_unit_stretch (parent_id);
CREATE INDEX ix_org_unit_stretch_agency_id_code ON org_unit_stretch (agency_id, code);

ALTER TABLE org_unit ADD COLUMN timeline_version INTEGER DEFAULT 0 NOT NULL;

-- Each series gets the versions in which its own value is another one than before; a version held from the day on which
-- it was recorded.
INSERT INTO unit_record (
    agency_id, unit_id, series, code, name, parent_id, leader_id, active, effective_from, recorded_on, replaces_later,
    recorded_at, recorded_by, source
)
SELECT v.agency_id, v.unit_id, s.series,
    CASE WHEN s.series = 'NAME' THEN v.code END,
    CASE WHEN s.series = 'NAME' THEN v.name END,
    CASE WHEN s.series = 'PARENT' THEN v.parent_id END,
    CASE WHEN s.series = 'LEADER' THEN v.leader_id END,
    CASE WHEN s.series = 'ACTIVE' THEN v.active END,
    v.effective_from, v.effective_from, false, v.recorded_at, v.recorded_by, v.source
FROM (
    SELECT r.*, lag(r.version) OVER said AS former, lag(r.code) OVER said AS former_code,
        lag(r.name) OVER said AS former_name, lag(r.parent_id) OVER said AS former_parent_id,
        lag(r.leader_id) OVER said AS former_leader_id, lag(r.active) OVER said AS former_active
    FROM org_unit_record r WINDOW said AS (PARTITION BY r.unit_id ORDER BY r.version)
) v CROSS JOIN (VALUES (1, 'NAME'), (2, 'PARENT'), (3, 'LEADER'), (4, 'ACTIVE')) AS s (place, series)
WHERE v.former IS NULL
    OR (s.series = 'NAME' AND (v.code <> v.former_code OR v.name <> v.former_name))
    OR (s.series = 'PARENT' AND v.parent_id IS DISTINCT FROM v.former_parent_id)
    OR (s.series = 'LEADER' AND v.leader_id IS DISTINCT FROM v.former_leader_id)
    OR (s.series = 'ACTIVE' AND v.active <> v.former_active)
ORDER BY v.unit_id, v.version, s.place;

-- Of several versions of one day the last one holds; a stretch begins where something differs from the stretch before.
INSERT INTO org_unit_stretch (unit_id, first_day, agency_id, last_day, code, name, parent_id, leader_id, active)
SELECT unit_id, effective_from, agency_id, lead(effective_from) OVER days - 1, code, name, parent_id, leader_id, active
FROM (
    SELECT d.*, lag(ROW(d.code, d.name, d.parent_id, d.leader_id, d.active))
        OVER (PARTITION BY d.unit_id ORDER BY d.effective_from) AS former
    FROM (
        SELECT DISTINCT ON (unit_id, effective_from) * FROM org_unit_record
        ORDER BY unit_id, effective_from, version DESC
    ) d
) s
WHERE s.former IS DISTINCT FROM ROW(s.code, s.name, s.parent_id, s.leader_id, s.active)
WINDOW days AS (PARTITION BY unit_id ORDER BY effective_from);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY['unit_record', 'org_unit_stretch'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;

-- org_unit_record stays as long as processes of the former release may write it; what they write becomes records of the
-- series as well, and a job of each of their transactions publishes what follows. The next release drops the table, the
-- function and with them this bridge.
CREATE FUNCTION record_unit_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO unit_record (
        agency_id, unit_id, series, code, name, parent_id, leader_id, active, effective_from, recorded_on, replaces_later,
        recorded_at, recorded_by, source
    )
    SELECT NEW.agency_id, NEW.unit_id, s.series, s.code, s.name, s.parent_id, s.leader_id, s.active, NEW.effective_from,
        NEW.effective_from, false, NEW.recorded_at, NEW.recorded_by, NEW.source
    FROM (VALUES
        (1, 'NAME', NEW.code, NEW.name, CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS boolean)),
        (2, 'PARENT', NULL, NULL, NEW.parent_id, NULL, NULL),
        (3, 'LEADER', NULL, NULL, NULL, NEW.leader_id, NULL),
        (4, 'ACTIVE', NULL, NULL, NULL, NULL, NEW.active)
    ) AS s (place, series, code, name, parent_id, leader_id, active)
    LEFT JOIN LATERAL (
        SELECT r.id, r.code, r.name, r.parent_id, r.leader_id, r.active FROM unit_record r
        WHERE r.unit_id = NEW.unit_id AND r.series = s.series AND r.withdrawn_at IS NULL
        AND r.effective_from <= NEW.effective_from ORDER BY r.effective_from DESC, r.id DESC LIMIT 1
    ) AS held ON true
    WHERE held.id IS NULL OR ROW(held.code, held.name, held.parent_id, held.leader_id, held.active)
        IS DISTINCT FROM ROW(s.code, s.name, s.parent_id, s.leader_id, s.active)
    ORDER BY s.place;
    INSERT INTO job (id, agency_id, kind, key, created_at, updated_at) VALUES (
        gen_random_uuid(), NEW.agency_id, 'publish_unit_timelines', CAST(txid_current() AS text), clock_timestamp(),
        clock_timestamp()
    ) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER record_unit_series AFTER INSERT ON org_unit_record
    FOR EACH ROW EXECUTE FUNCTION record_unit_series();

-- Every agency's worker publishes the timelines of the units that it has.
INSERT INTO job (id, agency_id, kind, key, created_at, updated_at)
SELECT gen_random_uuid(), agency_id, 'publish_unit_timelines', '', clock_timestamp(), clock_timestamp() FROM agency;
