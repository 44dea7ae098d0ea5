-- Directory of people, their inbox and their e-mail.

CREATE TABLE agencies (
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    CONSTRAINT pk_agencies PRIMARY KEY (agency_id)
);

CREATE TABLE contacts (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    CONSTRAINT pk_contacts PRIMARY KEY (agency_id, employee_id)
);

CREATE TABLE superiors (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    unit_id UUID,
    appraiser_id UUID,
    reviewer_id UUID,
    CONSTRAINT pk_superiors PRIMARY KEY (agency_id, employee_id)
);

CREATE TABLE units (
    agency_id TEXT NOT NULL,
    unit_id UUID NOT NULL,
    name TEXT NOT NULL,
    leader_id UUID,
    CONSTRAINT pk_units PRIMARY KEY (agency_id, unit_id)
);

CREATE TABLE messages (
    message_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    topic TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    link TEXT NOT NULL,
    template TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    audience TEXT NOT NULL,
    event_id UUID NOT NULL,
    event_kind TEXT NOT NULL,
    dedupe_key TEXT NOT NULL,
    shown BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_messages PRIMARY KEY (message_id),
    CONSTRAINT uq_messages_agency_id_recipient_dedupe_key UNIQUE (agency_id, recipient, dedupe_key)
);
CREATE INDEX ix_messages_inbox ON messages (agency_id, recipient, message_id);

CREATE TABLE message_reads (
    agency_id TEXT NOT NULL,
    reader TEXT NOT NULL,
    message_id UUID NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_message_reads PRIMARY KEY (agency_id, reader, message_id)
);

CREATE TABLE preferences (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    topic TEXT NOT NULL,
    inbox BOOLEAN NOT NULL,
    email TEXT NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_preferences PRIMARY KEY (agency_id, employee_id, topic)
);

CREATE TABLE office_mailboxes (
    agency_id TEXT NOT NULL,
    role TEXT NOT NULL,
    email TEXT NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_office_mailboxes PRIMARY KEY (agency_id, role)
);

CREATE TABLE pending_notices (
    agency_id TEXT NOT NULL,
    event_id UUID NOT NULL,
    template TEXT NOT NULL,
    waits_for TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_pending_notices PRIMARY KEY (agency_id, event_id, template)
);
CREATE INDEX ix_pending_notices_waits_for ON pending_notices (agency_id, waits_for);

CREATE TABLE email_deliveries (
    delivery_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    address TEXT,
    content JSONB NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    code INTEGER,
    reason TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    last_attempt_at TIMESTAMP WITH TIME ZONE,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_email_deliveries PRIMARY KEY (delivery_id),
    CONSTRAINT ck_email_deliveries_kind CHECK (kind IN ('MESSAGE', 'DIGEST', 'NOTICE')),
    CONSTRAINT ck_email_deliveries_state CHECK (state IN ('COLLECTING', 'QUEUED', 'SENT', 'FAILED', 'EXPIRED', 'SKIPPED'))
);
CREATE INDEX ix_email_deliveries_page ON email_deliveries (agency_id, delivery_id);
CREATE UNIQUE INDEX uq_email_deliveries_collecting ON email_deliveries (agency_id, recipient) WHERE state = 'COLLECTING';

CREATE TABLE email_queue (
    delivery_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    give_up_at TIMESTAMP WITH TIME ZONE NOT NULL,
    lease_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_email_queue PRIMARY KEY (delivery_id)
);
CREATE INDEX ix_email_queue_due_at ON email_queue (due_at);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
DO $$
DECLARE
    isolated text;
BEGIN
    FOREACH isolated IN ARRAY ARRAY[
        'agencies', 'contacts', 'superiors', 'units', 'messages', 'message_reads', 'preferences', 'office_mailboxes',
        'pending_notices', 'email_deliveries'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', isolated);
        EXECUTE format(
            'CREATE POLICY agency_only ON %I USING (agency_id = current_setting(''app.agency_id'', true)) '
            'WITH CHECK (agency_id = current_setting(''app.agency_id'', true))',
            isolated
        );
    END LOOP;
END $$;
-- email_queue has no policy: dispatchers serve every agency, and the rows are ids and times only.
