-- Records that hold from a day to come are listed by their day.
-- migrate: without-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_superior_record_agency_id_effective_from ON superior_record (agency_id, effective_from);
