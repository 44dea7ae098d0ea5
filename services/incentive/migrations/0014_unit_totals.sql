-- The sums of a month by unit, as they were first shown, and of which people they were: a sum that is made again after the
-- correction of one person would disclose it, and so would two months that differ by one person.
-- migrate: tables-of disclosure 1

CREATE TABLE unit_total (
    agency_id TEXT NOT NULL,
    month DATE NOT NULL,
    unit_id UUID NOT NULL,
    publication_id UUID NOT NULL,
    people INTEGER,
    total BIGINT,
    CONSTRAINT pk_unit_total PRIMARY KEY (agency_id, month, unit_id),
    CONSTRAINT ck_unit_total_hidden_or_shown CHECK ((people IS NULL) = (total IS NULL))
);

ALTER TABLE unit_total ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON unit_total USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
