-- What somebody was paid too much is claimed, and repaid by instalments or to the treasury.

CREATE TABLE claim (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    run_id UUID NOT NULL,
    state TEXT NOT NULL,
    amount BIGINT NOT NULL,
    repaid_amount BIGINT NOT NULL,
    causes JSONB NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    instalment BIGINT,
    from_month DATE,
    interview_note TEXT,
    planned_by UUID,
    planned_at TIMESTAMP WITH TIME ZONE,
    reference_id UUID,
    repaid_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT uq_claim_agency_id_run_id_employee_id UNIQUE (agency_id, run_id, employee_id),
    CONSTRAINT ck_claim_state CHECK (state IN ('OPEN', 'PLANNED', 'REPAID')),
    CONSTRAINT ck_claim_amount CHECK (amount > 0 AND repaid_amount BETWEEN 0 AND amount),
    CONSTRAINT ck_claim_repaid CHECK ((state = 'REPAID') = (repaid_amount = amount)),
    CONSTRAINT ck_claim_instalment CHECK (state <> 'PLANNED' OR instalment > 0)
);
CREATE INDEX ix_claim_agency_id_employee_id ON claim (agency_id, employee_id);
CREATE INDEX ix_claim_agency_id_state_id ON claim (agency_id, state, id);

CREATE TABLE claim_repayment (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    claim_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    kind TEXT NOT NULL,
    run_id UUID,
    amount BIGINT NOT NULL,
    reference TEXT,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_claim_repayment PRIMARY KEY (id),
    CONSTRAINT ck_claim_repayment_kind CHECK (kind IN ('DEDUCTION', 'TREASURY')),
    CONSTRAINT ck_claim_repayment_run CHECK ((kind = 'DEDUCTION') = (run_id IS NOT NULL)),
    CONSTRAINT ck_claim_repayment_reference CHECK ((kind = 'TREASURY') = (reference IS NOT NULL)),
    CONSTRAINT ck_claim_repayment_amount CHECK (amount > 0)
);
CREATE INDEX ix_claim_repayment_agency_id_claim_id ON claim_repayment (agency_id, claim_id);
CREATE INDEX ix_claim_repayment_agency_id_run_id_employee_id ON claim_repayment (agency_id, run_id, employee_id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY['claim', 'claim_repayment'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
