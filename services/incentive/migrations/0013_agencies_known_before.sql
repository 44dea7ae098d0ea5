-- An agency that was there before the directory is taken over from the former table: no event says it again, and nothing
-- that asks for its zone could be answered. What an event has brought meanwhile is newer and stays.
-- migrate: all-agencies agency, directory_agency

INSERT INTO directory_agency (agency_id, name, time_zone, version) SELECT agency_id, name, time_zone, 0 FROM agency
ON CONFLICT (agency_id) DO NOTHING;
