-- A second factor of a sign-in, the roles that need one, and how many sessions somebody has.
CREATE TABLE second_factor (
    account_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    sealed BYTEA,
    pending BYTEA,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    last_step BIGINT NOT NULL,
    recovery JSONB NOT NULL,
    CONSTRAINT pk_second_factor PRIMARY KEY (account_id)
);
ALTER TABLE second_factor ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON second_factor
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));

ALTER TABLE sign_in_rule
    ADD COLUMN second_factor_roles JSONB DEFAULT '[]' NOT NULL,
    ADD COLUMN most_sessions INTEGER DEFAULT 20 NOT NULL;
