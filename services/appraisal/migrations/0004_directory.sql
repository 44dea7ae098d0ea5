-- People, units and the agency come from the tables of the directory. agency, org_unit and staff are neither read nor
-- written any more; a later release drops them, so that processes of the former release can finish while this one starts.
-- The agencies are taken over, because nothing asks for their event again; version 0 is older than any event. People and
-- units are not: their time is published again by personnel, and until then they count as not known yet.
-- migrate: tables-of directory 1
-- migrate: all-agencies agency, directory_agency

INSERT INTO directory_agency (agency_id, name, time_zone, version) SELECT agency_id, name, time_zone, 0 FROM agency;
