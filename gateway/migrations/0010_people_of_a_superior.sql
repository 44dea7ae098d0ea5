-- Whether somebody is a superior; found while the former release goes on.
-- migrate: without-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_service_stretch_superior_id ON service_stretch (superior_id);
