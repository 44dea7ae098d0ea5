-- Agencies, units and people come from the tables of the directory. agencies, units and superiors are neither read nor
-- written any more; a later release drops them, so that processes of the former release can finish while this one starts.
-- The agencies are taken over, because nothing asks for their event again; version 0 is older than any event. People and
-- units are not: personnel publishes their time again, and until then messages to superiors and leaders wait for it.
-- Whoever was notified of a superior is not notified of the same one again.
-- migrate: tables-of directory 1
-- migrate: all-agencies agencies, superiors, directory_agency

INSERT INTO directory_agency (agency_id, name, time_zone, version) SELECT agency_id, name, time_zone, 0 FROM agencies;

CREATE TABLE notified_superiors (
    agency_id TEXT NOT NULL,
    employee_id UUID NOT NULL,
    superior_id UUID,
    CONSTRAINT pk_notified_superiors PRIMARY KEY (agency_id, employee_id)
);
INSERT INTO notified_superiors (agency_id, employee_id, superior_id) SELECT agency_id, employee_id, appraiser_id FROM superiors;

ALTER TABLE notified_superiors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON notified_superiors USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
