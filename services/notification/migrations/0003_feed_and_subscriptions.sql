-- The feed of events and what other agencies subscribe to.

CREATE TABLE feed_events (
    agency_id TEXT NOT NULL,
    event_id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    time TIMESTAMP WITH TIME ZONE NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_feed_events PRIMARY KEY (agency_id, event_id)
);

CREATE TABLE feed_queue (
    arrival BIGINT GENERATED ALWAYS AS IDENTITY,
    agency_id TEXT NOT NULL,
    event_id UUID NOT NULL,
    producer TEXT NOT NULL,
    subject TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    internal BOOLEAN NOT NULL,
    heard_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_feed_queue PRIMARY KEY (arrival)
);
CREATE INDEX ix_feed_queue_agency ON feed_queue (agency_id, arrival);

CREATE TABLE feed_positions (
    agency_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    event_id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    time TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_feed_positions PRIMARY KEY (agency_id, position),
    CONSTRAINT uq_feed_positions_agency_id_event_id UNIQUE (agency_id, event_id)
);
CREATE INDEX ix_feed_positions_time ON feed_positions (agency_id, time);

CREATE TABLE feed_heads (
    agency_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_feed_heads PRIMARY KEY (agency_id)
);

CREATE TABLE feed_streams (
    agency_id TEXT NOT NULL,
    producer TEXT NOT NULL,
    subject TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    CONSTRAINT pk_feed_streams PRIMARY KEY (agency_id, producer, subject)
);

CREATE TABLE grants (
    grant_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    client_id UUID NOT NULL,
    subscriber_name TEXT NOT NULL,
    event_types JSONB NOT NULL,
    channels JSONB NOT NULL,
    legal_basis TEXT NOT NULL,
    data_from DATE,
    valid_until DATE,
    granted_by UUID NOT NULL,
    granted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_by UUID,
    revoked_at TIMESTAMP WITH TIME ZONE,
    revoke_reason TEXT,
    CONSTRAINT pk_grants PRIMARY KEY (grant_id),
    CONSTRAINT ck_grants_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX uq_grants_open ON grants (agency_id, client_id) WHERE revoked_at IS NULL;

CREATE TABLE subscriptions (
    subscription_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    client_id UUID NOT NULL,
    url TEXT NOT NULL,
    event_types JSONB NOT NULL,
    contact_email TEXT,
    state TEXT NOT NULL,
    state_reason TEXT,
    data_from TIMESTAMP WITH TIME ZONE,
    position BIGINT NOT NULL,
    run INTEGER DEFAULT '1' NOT NULL,
    consecutive_failures INTEGER DEFAULT '0' NOT NULL,
    failing_since TIMESTAMP WITH TIME ZONE,
    last_ping_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_subscriptions PRIMARY KEY (subscription_id),
    CONSTRAINT ck_subscriptions_state CHECK (state IN ('ACTIVE', 'PAUSED', 'DISABLED', 'CLOSED'))
);
CREATE UNIQUE INDEX uq_subscriptions_open_url ON subscriptions (agency_id, client_id, url) WHERE state <> 'CLOSED';

CREATE TABLE webhook_secrets (
    secret_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    subscription_id UUID NOT NULL,
    sealed TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_webhook_secrets PRIMARY KEY (secret_id)
);
CREATE INDEX ix_webhook_secrets_subscription_id ON webhook_secrets (subscription_id);

CREATE TABLE webhook_deliveries (
    delivery_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    subscription_id UUID NOT NULL,
    run INTEGER NOT NULL,
    position BIGINT NOT NULL,
    event_id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    next_attempt_at TIMESTAMP WITH TIME ZONE,
    endpoint_failure BOOLEAN DEFAULT false NOT NULL,
    status INTEGER,
    error TEXT,
    duration_ms INTEGER,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_webhook_deliveries PRIMARY KEY (delivery_id),
    CONSTRAINT uq_webhook_deliveries_subscription_id_run_position UNIQUE (subscription_id, run, position),
    CONSTRAINT ck_webhook_deliveries_state CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
    CONSTRAINT ck_webhook_deliveries_pending_is_due CHECK ((state = 'PENDING') = (next_attempt_at IS NOT NULL))
);
CREATE INDEX ix_webhook_deliveries_log ON webhook_deliveries (agency_id, subscription_id, delivery_id);
CREATE INDEX ix_webhook_deliveries_pending ON webhook_deliveries (subscription_id, position) WHERE state = 'PENDING';

CREATE TABLE webhook_attempts (
    attempt_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    delivery_id UUID NOT NULL,
    number INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    status INTEGER,
    error TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    CONSTRAINT pk_webhook_attempts PRIMARY KEY (attempt_id)
);
CREATE INDEX ix_webhook_attempts_delivery_id ON webhook_attempts (delivery_id);

CREATE TABLE webhook_queue (
    subscription_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    rest_until TIMESTAMP WITH TIME ZONE,
    woken BIGINT DEFAULT '0' NOT NULL,
    lease_until TIMESTAMP WITH TIME ZONE,
    lease_token UUID,
    CONSTRAINT pk_webhook_queue PRIMARY KEY (subscription_id)
);
CREATE INDEX ix_webhook_queue_agency_id ON webhook_queue (agency_id);
CREATE INDEX ix_webhook_queue_due_at ON webhook_queue (due_at);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'feed_events', 'feed_positions', 'feed_heads', 'feed_streams', 'grants', 'subscriptions', 'webhook_secrets',
        'webhook_deliveries', 'webhook_attempts'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
-- feed_queue and webhook_queue have no policy: dispatchers serve every agency, and the rows are ids and times only.
