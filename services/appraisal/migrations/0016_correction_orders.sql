-- A correction is an order of two officers: one proposes it, another one approves or rejects it.

CREATE TABLE correction_order (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    evaluation_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    work_result TEXT NOT NULL,
    behaviour TEXT NOT NULL,
    work_result_note TEXT NOT NULL,
    behaviour_note TEXT NOT NULL,
    predicate TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    lowers BOOLEAN NOT NULL,
    reopens BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    order_reference TEXT NOT NULL,
    proposed_by UUID NOT NULL,
    proposed_capacity TEXT NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_by UUID,
    ended_capacity TEXT,
    ended_at TIMESTAMP WITH TIME ZONE,
    end_reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_correction_order PRIMARY KEY (id),
    CONSTRAINT ck_correction_order_state CHECK (state IN ('PROPOSED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
    CONSTRAINT ck_correction_order_ended CHECK ((state = 'PROPOSED') = (ended_by IS NULL) AND (ended_by IS NULL) = (ended_at IS NULL)),
    CONSTRAINT ck_correction_order_officers CHECK (state NOT IN ('APPROVED', 'REJECTED') OR ended_by <> proposed_by)
);
-- One order waits for each evaluation.
CREATE UNIQUE INDEX uq_correction_order_waiting ON correction_order (evaluation_id) WHERE state = 'PROPOSED';
CREATE INDEX ix_correction_order_agency ON correction_order (agency_id, state, id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE correction_order ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON correction_order USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));

-- An order that lowers an annual evaluation issues it anew: the former result is in force until the new one is final.
ALTER TABLE evaluation ADD COLUMN reopened_by_order UUID;
ALTER TABLE evaluation ADD COLUMN order_proposed_by UUID;
ALTER TABLE evaluation ADD COLUMN order_approved_by UUID;
ALTER TABLE evaluation ADD COLUMN former_revision INTEGER;
ALTER TABLE evaluation ADD COLUMN former_predicate TEXT;

-- An evaluation that is issued anew can be objected to anew: once for each revision. The former release writes objections
-- to first issues only, of which an evaluation has one at most. Built within the transaction: objections are few.
ALTER TABLE objection ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX uq_objection_evaluation_id_revision ON objection (evaluation_id, revision);
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX uq_objection_evaluation_id;

-- What was written after the evaluation was final is marked, and so is the note by which a dialogue ends.
ALTER TABLE dialogue ADD COLUMN after_final BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE dialogue ADD COLUMN agreed_note TEXT NOT NULL DEFAULT '';
