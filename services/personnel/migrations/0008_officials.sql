-- Officials who are no civil servants of the agency: minister, governor, regent. They can be somebody's superior.

CREATE TABLE external_official (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    office TEXT NOT NULL,
    institution TEXT NOT NULL,
    email TEXT,
    first_day DATE NOT NULL,
    last_day DATE,
    version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_external_official PRIMARY KEY (id),
    CONSTRAINT ck_external_official_days CHECK (last_day >= first_day)
);
CREATE INDEX ix_external_official_agency_id_name_id ON external_official (agency_id, name, id);

-- A superior is an employee or an official from outside; the use case looks for either. No process of the release before
-- relies on the database to refuse another one: it looks for the employee, too.
-- squawk-ignore ban-drop-constraint
ALTER TABLE superior_record DROP CONSTRAINT fk_superior_record_superior_id;
-- squawk-ignore ban-drop-constraint
ALTER TABLE employee DROP CONSTRAINT fk_employee_superior_id;

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE external_official ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON external_official USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
