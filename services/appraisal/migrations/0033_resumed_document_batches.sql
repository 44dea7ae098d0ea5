-- A batch of documents whose job was given up makes room for the next one, and can be resumed. The table is locked for
-- writing while the index is exchanged; it has a row for each batch that was ever asked for, which are few.

ALTER TABLE document_batch ADD COLUMN failed_at TIMESTAMP WITH TIME ZONE;
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX uq_document_batch_running;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX uq_document_batch_running ON document_batch (agency_id)
WHERE finished_at IS NULL AND cancelled_at IS NULL AND failed_at IS NULL;
