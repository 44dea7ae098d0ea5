-- Actions that take two people, as one has proposed them. The table bears the name of the package, because it stands in the
-- databases of services that may have proposals of their own.

CREATE TABLE approval_proposal (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    action TEXT NOT NULL,
    payload TEXT NOT NULL,
    shown TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    concerns UUID[] NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by UUID NOT NULL,
    proposed_by_person UUID NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    lapses_at TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome JSONB,
    decided_by UUID,
    decided_by_person UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    decision_reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_approval_proposal PRIMARY KEY (id),
    CONSTRAINT ck_approval_proposal_state CHECK (
        state IN ('PROPOSED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'LAPSED')
    ),
    CONSTRAINT ck_approval_proposal_two_people CHECK (
        state NOT IN ('APPROVED', 'REJECTED')
        OR (
            decided_by IS NOT NULL AND decided_by_person IS NOT NULL
            AND decided_by <> proposed_by AND decided_by_person <> proposed_by_person
        )
    )
);
CREATE INDEX ix_approval_proposal_state ON approval_proposal (agency_id, state, id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE approval_proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON approval_proposal USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
