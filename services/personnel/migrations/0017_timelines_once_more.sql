-- Identity learns from timelines who is somebody's superior, and has kept nothing of it of those that it got before. What it has
-- processed it passes over, in a replay too: so each timeline that is published is told once more, in its version. Whoever
-- knows that version passes it over. Identity's own migration, by which any version is newer, is to run before this one.
-- migrate: all-agencies agency
INSERT INTO job (id, agency_id, kind, key, created_at, updated_at)
SELECT gen_random_uuid(), agency_id, 'repeat_timelines', '', clock_timestamp(), clock_timestamp() FROM agency;
