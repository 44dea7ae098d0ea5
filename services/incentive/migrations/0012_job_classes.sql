-- The job classes that exist are those of each agency, as personnel publishes them: no range is that of all.
-- squawk-ignore ban-drop-constraint
ALTER TABLE class_amount DROP CONSTRAINT ck_class_amount_job_class;

CREATE TABLE agency_job_classes (
    agency_id TEXT NOT NULL,
    highest INTEGER NOT NULL,
    CONSTRAINT pk_agency_job_classes PRIMARY KEY (agency_id),
    CONSTRAINT ck_agency_job_classes_highest CHECK (highest BETWEEN 1 AND 99)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE agency_job_classes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON agency_job_classes USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
