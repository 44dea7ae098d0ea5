-- The highest job class of an agency was not published before: the workers publish where it is another than the usual one.
-- migrate: all-agencies agency
INSERT INTO job (id, agency_id, kind, key, created_at, updated_at)
SELECT gen_random_uuid(), agency_id, 'publish_agency', '', clock_timestamp(), clock_timestamp() FROM agency
WHERE highest_job_class <> 17;
