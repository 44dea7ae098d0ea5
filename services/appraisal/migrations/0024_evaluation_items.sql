-- The content of an evaluation: for a work result, or a value of conduct, what was achieved and what the appraiser remarks,
-- with the entries of the log and the feedback on which that rests. A row belongs to the rating (revision) that it was given
-- with; a rating without rows leaves the former ones standing.

CREATE TABLE evaluation_item (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    evaluation_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    work_result_id UUID,
    behaviour_value TEXT,
    realisation TEXT NOT NULL,
    remark TEXT NOT NULL,
    progress_ids UUID [] NOT NULL,
    feedback_ids UUID [] NOT NULL,
    CONSTRAINT pk_evaluation_item PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_item_one_target CHECK ((work_result_id IS NULL) <> (behaviour_value IS NULL))
);
CREATE UNIQUE INDEX uq_evaluation_item_target
ON evaluation_item (evaluation_id, revision, work_result_id, behaviour_value) NULLS NOT DISTINCT;

CREATE TRIGGER evaluation_item_is_append_only BEFORE UPDATE OR DELETE ON evaluation_item
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_rating_basis();

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE evaluation_item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON evaluation_item USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
