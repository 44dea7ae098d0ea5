-- Teams of people of several units, led by one of them, each member for some days.

CREATE TABLE team (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    order_number TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_team PRIMARY KEY (id)
);
CREATE INDEX ix_team_agency_id_name_id ON team (agency_id, name, id);

CREATE TABLE team_member (
    team_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    first_day DATE NOT NULL,
    agency_id TEXT NOT NULL,
    role TEXT NOT NULL,
    last_day DATE,
    CONSTRAINT pk_team_member PRIMARY KEY (team_id, employee_id, first_day),
    CONSTRAINT ck_team_member_role CHECK (role IN ('LEADER', 'MEMBER')),
    CONSTRAINT ck_team_member_days CHECK (last_day >= first_day),
    CONSTRAINT fk_team_member_team_id FOREIGN KEY(team_id) REFERENCES team (id),
    CONSTRAINT fk_team_member_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id)
);
CREATE INDEX ix_team_member_employee_id ON team_member (employee_id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY['team', 'team_member'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
