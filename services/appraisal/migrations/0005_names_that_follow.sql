-- From whom to whom an open plan moved, and the same for an evaluation: the names that a document bears are changed by a
-- recorded step only.

ALTER TABLE plan_move ADD COLUMN changed JSONB;

CREATE TABLE evaluation_rerouting (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    evaluation_id UUID NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    changed JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_evaluation_rerouting PRIMARY KEY (id)
);
CREATE INDEX ix_evaluation_rerouting_evaluation ON evaluation_rerouting (evaluation_id, id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE evaluation_rerouting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON evaluation_rerouting USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
