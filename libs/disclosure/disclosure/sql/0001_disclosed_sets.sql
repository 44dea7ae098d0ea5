-- Of which people a publication gave figures: the sets that its shown figures distinguish, so that a later publication of
-- the same quantity can be compared with it. What they answered or were paid is not here. `report` numbers the reports of
-- one publication whose sets differ, as of the questions of a survey.

CREATE TABLE disclosed_set (
    set_id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    quantity TEXT NOT NULL,
    publication_id UUID NOT NULL,
    report SMALLINT NOT NULL,
    published_on DATE NOT NULL,
    people UUID[] NOT NULL,
    CONSTRAINT pk_disclosed_set PRIMARY KEY (set_id)
);
CREATE INDEX ix_disclosed_set_quantity ON disclosed_set (agency_id, quantity, published_on);

ALTER TABLE disclosed_set ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON disclosed_set USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
