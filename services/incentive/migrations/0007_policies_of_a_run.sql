-- A month may be governed by several policies, one after the other; a run was started with all of them.
-- migrate: all-agencies allowance_run
ALTER TABLE allowance_run ADD COLUMN policy_ids UUID[] DEFAULT '{}' NOT NULL;
UPDATE allowance_run SET policy_ids = ARRAY[policy_id];
