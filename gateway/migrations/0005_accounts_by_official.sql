-- An official has one account; found while the former release goes on.
-- migrate: without-transaction
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS uq_account_official ON account (agency_id, official_id) WHERE closed_at IS NULL;
