-- Whether a new account takes the place of one that was closed; found while the former release goes on.
-- migrate: without-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_account_closed_employee ON account (agency_id, employee_id) WHERE closed_at IS NOT NULL;
