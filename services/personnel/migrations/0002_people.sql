-- Agencies, units, people, what was recorded of them, and the rows of running imports.

CREATE TABLE agency (
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_agency PRIMARY KEY (agency_id)
);

CREATE TABLE import_row (
    job_id UUID NOT NULL,
    row_number INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    cells JSONB NOT NULL,
    nip TEXT NOT NULL,
    superior_nip TEXT NOT NULL,
    first_row INTEGER,
    employee_id UUID,
    superior_id UUID,
    state TEXT NOT NULL,
    CONSTRAINT pk_import_row PRIMARY KEY (job_id, row_number)
);
CREATE INDEX ix_import_row_job_id_nip ON import_row (job_id, nip);

CREATE TABLE nip_register (
    digest BYTEA NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_nip_register PRIMARY KEY (digest, agency_id)
);

CREATE TABLE org_unit (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id UUID,
    leader_id UUID,
    leader_nip TEXT,
    active BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    imported JSONB,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_org_unit PRIMARY KEY (id),
    CONSTRAINT uq_org_unit_agency_id_code UNIQUE (agency_id, code),
    CONSTRAINT ck_org_unit_not_own_parent CHECK (parent_id <> id),
    CONSTRAINT fk_org_unit_parent_id FOREIGN KEY(parent_id) REFERENCES org_unit (id)
);
CREATE INDEX ix_org_unit_parent_id ON org_unit (parent_id);

CREATE TABLE employee (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    nip TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    employment_type TEXT NOT NULL,
    status TEXT NOT NULL,
    grade TEXT NOT NULL,
    grade_since DATE NOT NULL,
    service_start DATE NOT NULL,
    unit_id UUID NOT NULL,
    position_code TEXT NOT NULL,
    position_title TEXT NOT NULL,
    position_kind TEXT NOT NULL,
    position_level TEXT,
    job_class INTEGER NOT NULL,
    position_since DATE NOT NULL,
    superior_id UUID,
    superior_since DATE,
    reviewer_id UUID,
    effective_from DATE NOT NULL,
    announce_from DATE,
    revision INTEGER NOT NULL,
    employee_version INTEGER NOT NULL,
    assignment_version INTEGER NOT NULL,
    contact_version INTEGER NOT NULL,
    imported JSONB,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_employee PRIMARY KEY (id),
    CONSTRAINT ck_employee_not_own_superior CHECK (superior_id <> id),
    CONSTRAINT uq_employee_agency_id_nip UNIQUE (agency_id, nip),
    CONSTRAINT fk_employee_unit_id FOREIGN KEY(unit_id) REFERENCES org_unit (id),
    CONSTRAINT fk_employee_superior_id FOREIGN KEY(superior_id) REFERENCES employee (id)
);
CREATE INDEX ix_employee_agency_id_name_id ON employee (agency_id, name, id);
CREATE INDEX ix_employee_superior_id ON employee (superior_id);
CREATE INDEX ix_employee_to_announce ON employee (agency_id, id) WHERE announce_from IS NOT NULL;
CREATE INDEX ix_employee_unit_id ON employee (unit_id);

CREATE TABLE org_unit_record (
    unit_id UUID NOT NULL,
    version INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id UUID,
    leader_id UUID,
    active BOOLEAN NOT NULL,
    effective_from DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    source TEXT NOT NULL,
    CONSTRAINT pk_org_unit_record PRIMARY KEY (unit_id, version),
    CONSTRAINT fk_org_unit_record_unit_id FOREIGN KEY(unit_id) REFERENCES org_unit (id)
);

CREATE TABLE correction_request (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    field TEXT NOT NULL,
    wanted TEXT NOT NULL,
    note TEXT NOT NULL,
    status TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    resolved_by UUID,
    answer TEXT,
    CONSTRAINT pk_correction_request PRIMARY KEY (id),
    CONSTRAINT ck_correction_request_status CHECK (status IN ('OPEN', 'ACCEPTED', 'REJECTED')),
    CONSTRAINT ck_correction_request_resolved CHECK ((status = 'OPEN') = (resolved_at IS NULL)),
    CONSTRAINT fk_correction_request_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id)
);
CREATE INDEX ix_correction_request_agency_id_id ON correction_request (agency_id, id);
CREATE INDEX ix_correction_request_employee_id ON correction_request (employee_id);

CREATE TABLE employee_identifier (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    CONSTRAINT pk_employee_identifier PRIMARY KEY (id),
    CONSTRAINT uq_employee_identifier_agency_id_value UNIQUE (agency_id, value),
    CONSTRAINT ck_employee_identifier_period CHECK (valid_to IS NULL OR valid_to >= valid_from),
    CONSTRAINT fk_employee_identifier_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id)
);
CREATE INDEX ix_employee_identifier_employee_id ON employee_identifier (employee_id);

CREATE TABLE employment_record (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    employment_type TEXT NOT NULL,
    status TEXT NOT NULL,
    grade TEXT NOT NULL,
    grade_since DATE NOT NULL,
    service_start DATE NOT NULL,
    effective_from DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    source TEXT NOT NULL,
    reason TEXT,
    CONSTRAINT pk_employment_record PRIMARY KEY (id),
    CONSTRAINT fk_employment_record_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id)
);
CREATE INDEX ix_employment_record_employee_id ON employment_record (employee_id);

CREATE TABLE position_record (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    position_code TEXT NOT NULL,
    position_title TEXT NOT NULL,
    position_kind TEXT NOT NULL,
    position_level TEXT,
    job_class INTEGER NOT NULL,
    effective_from DATE NOT NULL,
    recorded_on DATE NOT NULL,
    replaces_later BOOLEAN NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    source TEXT NOT NULL,
    reason TEXT,
    CONSTRAINT pk_position_record PRIMARY KEY (id),
    CONSTRAINT fk_position_record_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id),
    CONSTRAINT fk_position_record_unit_id FOREIGN KEY(unit_id) REFERENCES org_unit (id)
);
CREATE INDEX ix_position_record_employee_id ON position_record (employee_id);

CREATE TABLE superior_record (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    superior_id UUID,
    effective_from DATE NOT NULL,
    recorded_on DATE NOT NULL,
    replaces_later BOOLEAN NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by UUID,
    source TEXT NOT NULL,
    reason TEXT,
    CONSTRAINT pk_superior_record PRIMARY KEY (id),
    CONSTRAINT ck_superior_record_not_own_superior CHECK (superior_id <> employee_id),
    CONSTRAINT fk_superior_record_employee_id FOREIGN KEY(employee_id) REFERENCES employee (id),
    CONSTRAINT fk_superior_record_superior_id FOREIGN KEY(superior_id) REFERENCES employee (id)
);
CREATE INDEX ix_superior_record_employee_id ON superior_record (employee_id);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'org_unit', 'org_unit_record', 'employee', 'employee_identifier', 'employment_record', 'position_record',
        'superior_record', 'correction_request', 'import_row', 'agency', 'nip_register'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;

-- The list of agencies and the digests of numbers are read across agencies.
CREATE POLICY all_read ON agency FOR SELECT USING (true);
CREATE POLICY all_read ON nip_register FOR SELECT USING (true);
