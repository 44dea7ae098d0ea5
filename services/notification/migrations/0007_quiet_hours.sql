-- From when to when an agency wants no e-mail sent, from a day on, and what is held back until then: ids and times; the texts
-- are those of email_deliveries, queued without a row in email_queue. A digest collects what is held for the same moment.

CREATE TABLE quiet_hours (
    agency_id TEXT NOT NULL,
    effective_from DATE NOT NULL,
    starts_at TIME NOT NULL,
    ends_at TIME NOT NULL,
    weekends BOOLEAN NOT NULL,
    set_by UUID NOT NULL,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_quiet_hours PRIMARY KEY (agency_id, effective_from)
);

CREATE TABLE email_held (
    delivery_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    held_until TIMESTAMP WITH TIME ZONE NOT NULL,
    is_digest BOOLEAN NOT NULL,
    CONSTRAINT pk_email_held PRIMARY KEY (delivery_id)
);
CREATE INDEX ix_email_held_until ON email_held (agency_id, held_until);
CREATE UNIQUE INDEX uq_email_held_digest ON email_held (agency_id, recipient, held_until) WHERE is_digest;

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE quiet_hours ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON quiet_hours USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE email_held ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON email_held USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
