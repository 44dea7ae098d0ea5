-- Contents that plans are drafted from: offered by HR for some positions, or for every one.

CREATE TABLE plan_template (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    title TEXT NOT NULL,
    position_codes TEXT [] NOT NULL,
    content JSONB NOT NULL,
    state TEXT NOT NULL,
    made_by UUID NOT NULL,
    changed_by UUID NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_plan_template PRIMARY KEY (id),
    CONSTRAINT ck_plan_template_state CHECK (state IN ('OFFERED', 'WITHDRAWN'))
);
CREATE INDEX ix_plan_template_position ON plan_template USING gin (position_codes);

ALTER TABLE plan_template ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON plan_template USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
