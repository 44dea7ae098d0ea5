-- Outbox, inbox, deferred events, timers, jobs, audit trail, idempotency keys. No row-level security: the relay, the inbox
-- and the timers serve all agencies of a deployment; these tables hold ids, codes and events, and no personal data.
CREATE TABLE event_sequence (
    agency_id text NOT NULL,
    subject text NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (agency_id, subject)
);

CREATE TABLE outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    agency_id text NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    subject text NOT NULL,
    sequence bigint NOT NULL,
    routing_key text NOT NULL,
    body text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz,
    UNIQUE (agency_id, subject, sequence)
);
CREATE INDEX ix_outbox_unpublished ON outbox (position) WHERE published_at IS NULL;
CREATE INDEX ix_outbox_recorded ON outbox (recorded_at);

CREATE TABLE inbox (
    event_id uuid PRIMARY KEY,
    producer text NOT NULL,
    name text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ix_inbox_received ON inbox (received_at);

CREATE TABLE projection_version (
    agency_id text NOT NULL,
    projection text NOT NULL,
    producer text NOT NULL,
    subject text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (agency_id, projection, producer, subject)
);

CREATE TABLE deferred (
    event_id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    producer text NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    cause text NOT NULL,
    error text NOT NULL,
    attempts integer NOT NULL DEFAULT 1,
    first_failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    next_attempt_at timestamptz,
    parked_at timestamptz,
    discarded_at timestamptz,
    discard_reason text,
    CHECK ((next_attempt_at IS NULL) = (parked_at IS NOT NULL OR discarded_at IS NOT NULL))
);
CREATE INDEX ix_deferred_due ON deferred (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- A redelivered message may have killed its consumer: the attempt is counted before the handler runs again.
CREATE TABLE inbox_attempt (
    event_id uuid PRIMARY KEY,
    attempts integer NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE timer (
    kind text NOT NULL,
    key text NOT NULL,
    agency_id text NOT NULL,
    due_at timestamptz NOT NULL,
    data jsonb NOT NULL DEFAULT '{}',
    attempts integer NOT NULL DEFAULT 0,
    not_before timestamptz,
    error text,
    PRIMARY KEY (agency_id, kind, key)
);
CREATE INDEX ix_timer_due ON timer (due_at);

CREATE TABLE job (
    id uuid PRIMARY KEY,
    agency_id text NOT NULL,
    kind text NOT NULL,
    key text,
    status text NOT NULL DEFAULT 'QUEUED' CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
    params jsonb NOT NULL DEFAULT '{}',
    cursor jsonb NOT NULL DEFAULT '{}',
    content bytea,
    total integer,
    processed integer NOT NULL DEFAULT 0,
    issues integer NOT NULL DEFAULT 0,
    result jsonb NOT NULL DEFAULT '{}',
    error text,
    attempts integer NOT NULL DEFAULT 0,
    not_before timestamptz,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz,
    UNIQUE (agency_id, kind, key)
);
CREATE INDEX ix_job_open ON job (created_at) WHERE status IN ('QUEUED', 'RUNNING');
CREATE INDEX ix_job_agency ON job (agency_id, created_at DESC);

CREATE TABLE job_issue (
    job_id uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    number integer NOT NULL,
    row_number integer,
    column_name text NOT NULL,
    value text NOT NULL,
    code text NOT NULL,
    expected text NOT NULL,
    PRIMARY KEY (job_id, number)
);

CREATE TABLE audit (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agency_id text NOT NULL,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    action text NOT NULL,
    object_type text NOT NULL,
    object_id text NOT NULL,
    detail jsonb NOT NULL,
    chain bigint,
    hash bytea,
    UNIQUE (agency_id, chain),
    CHECK ((chain IS NULL) = (hash IS NULL))
);
CREATE INDEX ix_audit_unsealed ON audit (position) WHERE chain IS NULL;
CREATE INDEX ix_audit_object ON audit (agency_id, object_type, object_id);

CREATE TABLE idempotency (
    agency_id text NOT NULL,
    account_id uuid NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    headers jsonb,
    body text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (agency_id, account_id, route, key)
);
CREATE INDEX ix_idempotency_created ON idempotency (created_at);

CREATE TABLE replay (
    id uuid PRIMARY KEY,
    consumer text NOT NULL,
    hears jsonb NOT NULL,
    since timestamptz NOT NULL,
    last_position bigint NOT NULL DEFAULT 0,
    sent bigint NOT NULL DEFAULT 0,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);
