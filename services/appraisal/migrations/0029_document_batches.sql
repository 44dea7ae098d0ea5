-- Papers of many evaluations, made by a job (its id is the batch's) and kept as files for some days, for whoever asked. A part
-- is what is downloaded as one archive. One batch of an agency runs at a time.

CREATE TABLE document_batch (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    quarter SMALLINT,
    month SMALLINT,
    unit_id UUID,
    kinds TEXT [] NOT NULL,
    formats TEXT [] NOT NULL,
    total INTEGER NOT NULL,
    made INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    asked_by UUID NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    cancelled_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT pk_document_batch PRIMARY KEY (id),
    CONSTRAINT ck_document_batch_end CHECK (finished_at IS NULL OR cancelled_at IS NULL),
    CONSTRAINT ck_document_batch_progress CHECK (made + failed <= total)
);
CREATE UNIQUE INDEX uq_document_batch_running ON document_batch (agency_id)
WHERE finished_at IS NULL AND cancelled_at IS NULL;

CREATE TABLE document_batch_file (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    batch_id UUID NOT NULL,
    part INTEGER NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT pk_document_batch_file PRIMARY KEY (id)
);
-- both forms are compressed already
ALTER TABLE document_batch_file ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX ix_document_batch_file_batch ON document_batch_file (batch_id, part, id);

ALTER TABLE document_batch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON document_batch USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
ALTER TABLE document_batch_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON document_batch_file USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
