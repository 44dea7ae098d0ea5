-- That a correction had closed a follow-up was not published before, and later ones stayed marked as repeated: the workers catch
-- up, in each agency that has any.
-- migrate: all-agencies follow_up
INSERT INTO job (id, agency_id, kind, key, created_at, updated_at)
SELECT gen_random_uuid(), agency_id, 'catch_up_follow_ups', '', clock_timestamp(), clock_timestamp() FROM follow_up
GROUP BY agency_id;
