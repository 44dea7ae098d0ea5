-- Records that hold from a day to come are listed by their day.
-- migrate: without-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_position_record_agency_id_effective_from ON position_record (agency_id, effective_from);
