-- What an employee states of the own results of a period, before it is rated: one row for each plan and period, with the
-- results as JSON.

CREATE TABLE own_realisation (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    plan_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    year INTEGER NOT NULL,
    quarter SMALLINT,
    month SMALLINT,
    items JSONB NOT NULL,
    stated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_own_realisation PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_own_realisation_period
ON own_realisation (agency_id, employee_id, year, coalesce(quarter, 0), coalesce(month, 0), plan_id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE own_realisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON own_realisation USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
