-- Retention deletes attempts by age, as it does with inbox, outbox and idempotency keys, which have such an index.
-- migrate: without-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_inbox_attempt_at ON inbox_attempt (at);
