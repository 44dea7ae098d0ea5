-- Whom a survey asks is fixed when it opens, so that its results can be compared with those of earlier surveys by the people
-- they are about. Of a survey that is open or closed already nobody knows whom it asked: it cannot be published, so it
-- is published before this release. What was published before is in no ledger.
-- migrate: tables-of disclosure 1

CREATE TABLE survey_asked (
    agency_id TEXT NOT NULL,
    survey_id UUID NOT NULL,
    employee_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    CONSTRAINT pk_survey_asked PRIMARY KEY (survey_id, employee_id)
);

ALTER TABLE survey_asked ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON survey_asked USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
