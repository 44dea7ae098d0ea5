-- What an issued paper states, frozen: one row for each subject, revision and stage. Its PDF is made of it again whenever
-- somebody asks, and its hash is that of this statement.

CREATE TABLE document (
    id UUID NOT NULL,
    agency_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    stage TEXT NOT NULL,
    code TEXT NOT NULL,
    hash TEXT NOT NULL,
    paper JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    made_by UUID NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT ck_document_stage CHECK (stage IN ('AGREED', 'ISSUED', 'FINAL', 'DECIDED'))
);
CREATE UNIQUE INDEX uq_document_subject ON document (agency_id, kind, subject_id, revision, stage);
CREATE UNIQUE INDEX uq_document_code ON document (code);

ALTER TABLE document ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON document USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));

-- Whose paper bears a code. Read before anybody is known to belong to an agency, so without row-level security: whoever
-- verifies a paper is not signed in. It holds nothing else.
CREATE TABLE document_code (
    code TEXT NOT NULL,
    agency_id TEXT NOT NULL,
    CONSTRAINT pk_document_code PRIMARY KEY (code)
);
