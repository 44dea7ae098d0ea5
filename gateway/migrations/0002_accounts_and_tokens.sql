-- Accounts, API clients, sessions, one-time codes and failed sign-ins.

CREATE TABLE account (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    employee_id UUID,
    unit_id UUID,
    roles JSONB NOT NULL,
    password_hash TEXT,
    password_changed_at TIMESTAMP WITH TIME ZONE,
    must_change_password BOOLEAN NOT NULL,
    disabled_at TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT ck_account_closed_is_disabled CHECK (closed_at IS NULL OR disabled_at IS NOT NULL)
);
CREATE UNIQUE INDEX uq_account_employee ON account (agency_id, employee_id) WHERE closed_at IS NULL;
CREATE INDEX ix_account_agency_username ON account (agency_id, username);

CREATE TABLE api_client (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    roles JSONB NOT NULL,
    secret_digest BYTEA NOT NULL,
    old_secret_digest BYTEA,
    old_secret_until TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    last_used_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT pk_api_client PRIMARY KEY (id)
);

CREATE TABLE login (
    name TEXT NOT NULL,
    agency_id TEXT NOT NULL,
    subject_id UUID NOT NULL,
    CONSTRAINT pk_login PRIMARY KEY (name)
);
CREATE INDEX ix_login_subject_id ON login (subject_id);

CREATE TABLE live_token (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    digest BYTEA NOT NULL,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    name TEXT NOT NULL,
    employee_id UUID,
    unit_id UUID,
    roles JSONB NOT NULL,
    csrf_token TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    idle_until TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_because TEXT,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    CONSTRAINT pk_live_token PRIMARY KEY (id),
    CONSTRAINT ck_live_token_kind CHECK (kind IN ('person', 'client')),
    CONSTRAINT uq_live_token_digest UNIQUE (digest)
);
CREATE INDEX ix_live_token_subject_id ON live_token (subject_id);
CREATE INDEX ix_live_token_expires_at ON live_token (expires_at);

CREATE TABLE one_time_code (
    digest BYTEA NOT NULL,
    agency_id TEXT NOT NULL,
    account_id UUID NOT NULL,
    purpose TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT pk_one_time_code PRIMARY KEY (digest),
    CONSTRAINT ck_one_time_code_purpose CHECK (purpose IN ('ACTIVATION', 'RESET'))
);
CREATE INDEX ix_one_time_code_account_id ON one_time_code (account_id);

CREATE TABLE attempt (
    key BYTEA NOT NULL,
    failures INTEGER NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    blocked_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_attempt PRIMARY KEY (key)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE account ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON account
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE api_client ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON api_client
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));

-- At sign-in the agency is not yet known: under '-' these tables are read across agencies to find it.
ALTER TABLE login ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_or_door ON login
    USING (current_setting('app.agency_id', true) IN (agency_id, '-'))
    WITH CHECK (current_setting('app.agency_id', true) IN (agency_id, '-'));
ALTER TABLE live_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_or_door ON live_token
    USING (current_setting('app.agency_id', true) IN (agency_id, '-'))
    WITH CHECK (current_setting('app.agency_id', true) IN (agency_id, '-'));
ALTER TABLE one_time_code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_or_door ON one_time_code
    USING (current_setting('app.agency_id', true) IN (agency_id, '-'))
    WITH CHECK (current_setting('app.agency_id', true) IN (agency_id, '-'));
