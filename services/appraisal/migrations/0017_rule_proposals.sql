-- A change of a rule is proposed by one officer and approved by another; the version that comes of it is a row of
-- rule_version. known_versions are those of the kind when it was proposed: with another one since it is refused.

CREATE TABLE rule_proposal (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    effective_from DATE NOT NULL,
    value JSONB NOT NULL,
    legal_source TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    known_versions JSONB NOT NULL,
    proposed_by UUID NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    decision_reason TEXT NOT NULL,
    by_subordinate BOOLEAN NOT NULL,
    rule_version TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_rule_proposal PRIMARY KEY (id),
    CONSTRAINT ck_rule_proposal_state CHECK (state IN ('PROPOSED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'LAPSED')),
    CONSTRAINT ck_rule_proposal_second_officer CHECK (state <> 'APPROVED' OR decided_by <> proposed_by),
    CONSTRAINT ck_rule_proposal_approved CHECK ((state = 'APPROVED') = (rule_version IS NOT NULL))
);
CREATE INDEX ix_rule_proposal_state ON rule_proposal (agency_id, state, id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE rule_proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON rule_proposal USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
