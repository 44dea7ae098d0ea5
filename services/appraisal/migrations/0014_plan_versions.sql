-- Versions of a plan are rows: the draft that is being written, and everything that was submitted or agreed. Links to the
-- superior's results stand beside them, so that linking changes no version. sha256 is over PostgreSQL's text of the content.
-- migrate: all-agencies plan, plan_move

CREATE TABLE plan_version (
    plan_id UUID NOT NULL,
    number INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    content JSONB NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted_by UUID,
    submitted_at TIMESTAMP WITH TIME ZONE,
    agreed_by UUID,
    agreed_at TIMESTAMP WITH TIME ZONE,
    agreed_capacity TEXT,
    CONSTRAINT pk_plan_version PRIMARY KEY (plan_id, number),
    CONSTRAINT ck_plan_version_state CHECK (state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'AGREED', 'WITHDRAWN'))
);

CREATE TABLE result_link (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    plan_id UUID NOT NULL,
    work_result_id UUID NOT NULL,
    parent_work_result_id UUID NOT NULL,
    parent_plan_id UUID,
    parent_version INTEGER,
    linked_by UUID,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_by UUID,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_result_link PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_result_link_open ON result_link (plan_id, work_result_id) WHERE ended_at IS NULL;

-- The version of the plan's row after a step, and what an edit changed: whoever comes too late learns it. NULL: by the former
-- release.
ALTER TABLE plan_move ADD COLUMN version INTEGER;
ALTER TABLE plan_move ADD COLUMN fields JSONB;

-- plan.content stays for a release, for processes of the former one that still run: the triggers below keep it equal to the
-- version's content, and take over what these processes write. The next release drops the column, the triggers and the
-- functions. Processes of the former release read a link made meanwhile as none, and end only links that they have read.
ALTER TABLE plan ALTER COLUMN content SET DEFAULT '{}';

CREATE FUNCTION plan_content_alone(content jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_set(content, '{work_results}', coalesce((
        SELECT jsonb_agg(r.value - 'parent_work_result_id' ORDER BY r.n)
        FROM jsonb_array_elements(content -> 'work_results') WITH ORDINALITY r (value, n)
    ), '[]'))
$$;

CREATE FUNCTION plan_content_sha256(content jsonb) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(CAST(content AS text), 'UTF8')), 'hex')
$$;

CREATE FUNCTION take_over_plan_content() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    alone jsonb := plan_content_alone(NEW.content);
    was jsonb := '[]';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        was := coalesce(OLD.content -> 'work_results', '[]');
    END IF;
    INSERT INTO plan_version AS v (plan_id, number, agency_id, content, sha256, state)
    VALUES (NEW.id, NEW.plan_version, NEW.agency_id, alone, plan_content_sha256(alone), 'DRAFT')
    ON CONFLICT (plan_id, number) DO UPDATE
    SET content = excluded.content, sha256 = excluded.sha256, state = 'DRAFT', submitted_by = NULL, submitted_at = NULL
    WHERE v.state IN ('DRAFT', 'RETURNED') AND v.content IS DISTINCT FROM excluded.content
        OR v.state = 'WITHDRAWN';
    UPDATE result_link l SET ended_at = NEW.updated_at
    FROM jsonb_array_elements(NEW.content -> 'work_results') r
    LEFT JOIN jsonb_array_elements(was) o ON o ->> 'id' = r ->> 'id'
    WHERE l.plan_id = NEW.id AND l.ended_at IS NULL AND l.work_result_id = CAST(r ->> 'id' AS uuid)
        AND CAST(o ->> 'parent_work_result_id' AS uuid) IS DISTINCT FROM CAST(r ->> 'parent_work_result_id' AS uuid)
        AND CAST(r ->> 'parent_work_result_id' AS uuid) IS DISTINCT FROM l.parent_work_result_id;
    INSERT INTO result_link (id, agency_id, plan_id, work_result_id, parent_work_result_id, linked_at)
    SELECT gen_random_uuid(), NEW.agency_id, NEW.id, CAST(r ->> 'id' AS uuid),
        CAST(r ->> 'parent_work_result_id' AS uuid), NEW.updated_at
    FROM jsonb_array_elements(NEW.content -> 'work_results') r
    LEFT JOIN jsonb_array_elements(was) o ON o ->> 'id' = r ->> 'id'
    WHERE r ->> 'parent_work_result_id' IS NOT NULL
        AND o ->> 'parent_work_result_id' IS DISTINCT FROM r ->> 'parent_work_result_id'
    ON CONFLICT (plan_id, work_result_id) WHERE ended_at IS NULL DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION take_over_plan_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE plan_version v SET
        state = CASE NEW.move WHEN 'SUBMIT' THEN 'SUBMITTED' WHEN 'RETURN' THEN 'RETURNED' ELSE 'AGREED' END,
        submitted_by = CASE NEW.move WHEN 'SUBMIT' THEN CAST(NEW.actor AS uuid) ELSE v.submitted_by END,
        submitted_at = CASE NEW.move WHEN 'SUBMIT' THEN NEW.at ELSE v.submitted_at END,
        agreed_by = CASE NEW.move WHEN 'ACTIVATE' THEN CAST(NEW.actor AS uuid) ELSE v.agreed_by END,
        agreed_at = CASE NEW.move WHEN 'ACTIVATE' THEN NEW.at ELSE v.agreed_at END,
        agreed_capacity = CASE NEW.move WHEN 'ACTIVATE' THEN NEW.capacity ELSE v.agreed_capacity END
    WHERE v.plan_id = NEW.plan_id AND v.number = NEW.plan_version;
    RETURN NULL;
END $$;
CREATE FUNCTION copy_plan_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE plan SET content = NEW.content WHERE id = NEW.plan_id AND plan_version = NEW.number;
    RETURN NULL;
END $$;
-- A withdrawn revision makes the version in force the plan's again.
CREATE FUNCTION copy_former_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.content := coalesce(
        (SELECT v.content FROM plan_version v WHERE v.plan_id = NEW.id AND v.number = NEW.plan_version), NEW.content
    );
    RETURN NEW;
END $$;
-- What is there. Each version that was followed by another one was agreed, and its last snapshot is what was.
INSERT INTO plan_version (
    plan_id, number, agency_id, content, sha256, state, submitted_by, submitted_at, agreed_by, agreed_at, agreed_capacity
)
SELECT w.plan_id, w.number, w.agency_id, w.content, plan_content_sha256(w.content), w.state,
    CASE WHEN w.state IN ('SUBMITTED', 'AGREED') THEN CAST(s.actor AS uuid) END,
    CASE WHEN w.state IN ('SUBMITTED', 'AGREED') THEN s.at END,
    CAST(a.actor AS uuid), a.at, a.capacity
FROM (
    SELECT p.id AS plan_id, p.plan_version AS number, p.agency_id, plan_content_alone(p.content) AS content,
        CASE WHEN p.plan_version = p.active_version THEN 'AGREED'
            WHEN p.state IN ('SUBMITTED', 'RETURNED') THEN p.state
            WHEN p.state = 'CLOSED' THEN 'WITHDRAWN' ELSE 'DRAFT' END AS state
    FROM plan p
    UNION ALL
    SELECT m.plan_id, m.plan_version, m.agency_id, plan_content_alone(m.content), 'AGREED'
    FROM (
        SELECT DISTINCT ON (plan_id, plan_version) * FROM plan_move WHERE content IS NOT NULL
        ORDER BY plan_id, plan_version, at DESC, id DESC
    ) m JOIN plan p ON p.id = m.plan_id AND m.plan_version < p.plan_version
) w
LEFT JOIN LATERAL (
    SELECT m.actor, m.at FROM plan_move m
    WHERE m.plan_id = w.plan_id AND m.plan_version = w.number AND m.move = 'SUBMIT' ORDER BY m.at DESC, m.id DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT m.actor, m.at, m.capacity FROM plan_move m
    WHERE m.plan_id = w.plan_id AND m.plan_version = w.number AND m.move = 'ACTIVATE'
    ORDER BY m.at DESC, m.id DESC LIMIT 1
) a ON true;

INSERT INTO result_link (
    id, agency_id, plan_id, work_result_id, parent_work_result_id, parent_plan_id, parent_version, linked_at
)
SELECT gen_random_uuid(), p.agency_id, p.id, CAST(r ->> 'id' AS uuid), CAST(r ->> 'parent_work_result_id' AS uuid),
    parent.plan_id, parent.number, p.updated_at
FROM plan p CROSS JOIN LATERAL jsonb_array_elements(p.content -> 'work_results') r
LEFT JOIN (
    SELECT DISTINCT ON (o ->> 'id') o ->> 'id' AS id, v.plan_id, v.number
    FROM plan_version v CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'work_results') o
    ORDER BY o ->> 'id', v.plan_id DESC, v.number DESC
) parent ON parent.id = r ->> 'parent_work_result_id'
WHERE r ->> 'parent_work_result_id' IS NOT NULL;

-- From here on what either release writes is in both places.
CREATE TRIGGER take_over_new_plan AFTER INSERT ON plan
FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND NEW.content <> '{}') EXECUTE FUNCTION take_over_plan_content();
CREATE TRIGGER take_over_plan_content AFTER UPDATE OF content ON plan
FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION take_over_plan_content();
CREATE TRIGGER take_over_plan_move AFTER INSERT ON plan_move
FOR EACH ROW WHEN (NEW.version IS NULL AND NEW.move IN ('SUBMIT', 'RETURN', 'ACTIVATE'))
EXECUTE FUNCTION take_over_plan_move();
CREATE TRIGGER copy_plan_content AFTER INSERT OR UPDATE OF content ON plan_version
FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION copy_plan_content();
CREATE TRIGGER copy_former_content BEFORE UPDATE OF plan_version ON plan
FOR EACH ROW WHEN (NEW.plan_version < OLD.plan_version) EXECUTE FUNCTION copy_former_content();

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE plan_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON plan_version USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE result_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON result_link USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
