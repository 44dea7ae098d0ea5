-- Accounts follow the timelines of people and the terms of officials; a name may sign in at several agencies.
-- migrate: all-agencies account, login

ALTER TABLE account
    ADD COLUMN official_id UUID
        CONSTRAINT ck_account_one_person CHECK (employee_id IS NULL OR official_id IS NULL),
    ADD COLUMN access TEXT DEFAULT 'FULL' NOT NULL
        CONSTRAINT ck_account_access CHECK (access IN ('FULL', 'OWN_RECORDS', 'NONE')),
    ADD COLUMN readable_until DATE,
    ADD COLUMN granted_on JSONB DEFAULT '{}' NOT NULL,
    ADD COLUMN ended_roles JSONB DEFAULT '{}' NOT NULL,
    ADD COLUMN unit_since DATE,
    ADD COLUMN moved_to UUID;

CREATE TABLE login_name (
    name TEXT NOT NULL,
    agency_id TEXT NOT NULL,
    subject_id UUID NOT NULL,
    CONSTRAINT pk_login_name PRIMARY KEY (name, agency_id)
);
CREATE INDEX ix_login_name_subject_id ON login_name (subject_id);
INSERT INTO login_name (name, agency_id, subject_id) SELECT name, agency_id, subject_id FROM login;

-- A process of the former release keeps names in login. What it adds and removes there while a release is rolled out holds
-- here too; the next release drops login and with it this bridge.
CREATE FUNCTION follow_login() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO login_name (name, agency_id, subject_id) VALUES (NEW.name, NEW.agency_id, NEW.subject_id)
        ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM login_name WHERE name = OLD.name AND agency_id = OLD.agency_id AND subject_id = OLD.subject_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follow_login AFTER INSERT OR DELETE ON login FOR EACH ROW EXECUTE FUNCTION follow_login();

CREATE TABLE agency (
    agency_id TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_agency PRIMARY KEY (agency_id)
);
-- Nothing publishes an agency again that has not changed. Until that, or until its events are replayed to identity, a day
-- begins as in Jakarta; version 0 is older than any event.
INSERT INTO agency (agency_id, time_zone, version) SELECT DISTINCT agency_id, 'Asia/Jakarta', 0 FROM account;

CREATE TABLE employee (
    employee_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_employee PRIMARY KEY (employee_id, agency_id)
);

CREATE TABLE service_stretch (
    employee_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    status TEXT NOT NULL,
    unit_id UUID NOT NULL,
    CONSTRAINT pk_service_stretch PRIMARY KEY (employee_id, agency_id, first_day)
);

CREATE TABLE official (
    official_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_official PRIMARY KEY (official_id, agency_id)
);

CREATE TABLE account_rule (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    valid_from DATE NOT NULL,
    retired_days INTEGER NOT NULL,
    transferred_days INTEGER NOT NULL,
    dismissed_days INTEGER NOT NULL,
    deceased_days INTEGER NOT NULL,
    suspension_ends_roles BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_account_rule PRIMARY KEY (id),
    CONSTRAINT uq_account_rule_agency_id_version UNIQUE (agency_id, version)
);

-- Under '-' the names are read across agencies, because at sign-in the agency is not yet known.
ALTER TABLE login_name ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_or_sign_in ON login_name
    USING (current_setting('app.agency_id', true) IN (agency_id, '-'))
    WITH CHECK (current_setting('app.agency_id', true) IN (agency_id, '-'));
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY['agency', 'employee', 'service_stretch', 'official', 'account_rule'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
