-- What personnel publishes of agencies, people, units, substitutions and external officials. The tables bear the name of
-- the package, because they stand in the databases of services that have tables of their own (`agency`, `employee`).
-- No index begins with the agency: of an agency that has come since the last ANALYZE the planner expects one row, and
-- would read all of it for a few people. Ids are unique, so nothing is lost.

CREATE TABLE directory_agency (
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_directory_agency PRIMARY KEY (agency_id)
);

CREATE TABLE directory_person (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    version INTEGER NOT NULL,
    service_start DATE NOT NULL,
    CONSTRAINT pk_directory_person PRIMARY KEY (employee_id, agency_id)
);

-- last_day is in no index, so that ending a stretch changes its row in place.
CREATE TABLE directory_stretch (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    unit_id UUID NOT NULL,
    position_code TEXT NOT NULL,
    position_kind TEXT NOT NULL,
    position_level TEXT,
    job_class INTEGER NOT NULL,
    employment_type TEXT NOT NULL,
    status TEXT NOT NULL,
    grade TEXT NOT NULL,
    grade_since DATE NOT NULL,
    superior_id UUID,
    CONSTRAINT pk_directory_stretch PRIMARY KEY (employee_id, agency_id, first_day)
);
CREATE INDEX ix_directory_stretch_unit ON directory_stretch (unit_id, agency_id, employee_id);
CREATE INDEX ix_directory_stretch_superior ON directory_stretch (superior_id, agency_id);

CREATE TABLE directory_unit (
    agency_id TEXT NOT NULL,
    unit_id UUID NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_directory_unit PRIMARY KEY (unit_id, agency_id)
);

CREATE TABLE directory_unit_stretch (
    agency_id TEXT NOT NULL,
    unit_id UUID NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id UUID,
    leader_id UUID,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_directory_unit_stretch PRIMARY KEY (unit_id, agency_id, first_day)
);
CREATE INDEX ix_directory_unit_stretch_parent ON directory_unit_stretch (parent_id, agency_id);
CREATE INDEX ix_directory_unit_stretch_leader ON directory_unit_stretch (leader_id, agency_id);

CREATE TABLE directory_substitution (
    agency_id TEXT NOT NULL,
    substitution_id UUID NOT NULL,
    kind TEXT NOT NULL,
    in_place_of_id UUID NOT NULL,
    substitute_id UUID NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    scope TEXT[] NOT NULL,
    employee_ids UUID[],
    withdrawn BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_directory_substitution PRIMARY KEY (substitution_id, agency_id)
);
CREATE INDEX ix_directory_substitution_in_place_of ON directory_substitution (in_place_of_id, agency_id);
CREATE INDEX ix_directory_substitution_substitute ON directory_substitution (substitute_id, agency_id);

CREATE TABLE directory_external_official (
    agency_id TEXT NOT NULL,
    official_id UUID NOT NULL,
    office TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_directory_external_official PRIMARY KEY (official_id, agency_id)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'directory_agency', 'directory_person', 'directory_stretch', 'directory_unit', 'directory_unit_stretch',
        'directory_substitution', 'directory_external_official'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
