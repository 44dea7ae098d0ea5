-- A follow-up of appraisal that a correction left without a reason takes back what it caused. follow_up: what the last event of
-- each said, by its number, for they come in any order.
CREATE TABLE follow_up (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    stands BOOLEAN NOT NULL,
    sequence BIGINT NOT NULL,
    CONSTRAINT pk_follow_up PRIMARY KEY (id)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE follow_up ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON follow_up USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));

-- A cause that was taken back stays on record; when its follow-up is opened again, there is another one. The index is built
-- anew: until the commit nobody writes a need or its cause (ACCESS EXCLUSIVE on need_cause), a second for each million rows.
ALTER TABLE need_cause ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE;
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX uq_need_cause_follow_up;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX uq_need_cause_follow_up ON need_cause (agency_id, source_id, competency_code)
WHERE source = 'EVALUATION' AND withdrawn_at IS NULL;
