-- Who acts for an official (Plt., Plh.) or appraises by delegation, on which days, and for whom.

CREATE TABLE substitution (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    in_place_of_id UUID NOT NULL,
    substitute_id UUID NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    order_number TEXT NOT NULL,
    scope JSONB NOT NULL,
    employee_ids JSONB,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    withdrawn_by UUID,
    withdrawal_reason TEXT,
    CONSTRAINT pk_substitution PRIMARY KEY (id),
    CONSTRAINT ck_substitution_kind CHECK (kind IN ('PLT', 'PLH', 'DELEGATION')),
    CONSTRAINT ck_substitution_days CHECK (last_day >= first_day),
    CONSTRAINT ck_substitution_last_day CHECK (kind = 'PLT' OR last_day IS NOT NULL),
    CONSTRAINT ck_substitution_not_oneself CHECK (substitute_id <> in_place_of_id),
    CONSTRAINT fk_substitution_substitute_id FOREIGN KEY(substitute_id) REFERENCES employee (id)
);
CREATE INDEX ix_substitution_in_place_of_id ON substitution (in_place_of_id);
CREATE INDEX ix_substitution_substitute_id ON substitution (substitute_id);
CREATE INDEX ix_substitution_agency_id_id ON substitution (agency_id, id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE substitution ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON substitution USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
