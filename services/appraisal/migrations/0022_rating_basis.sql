-- What each rating rested on, frozen when it was made: one row for each revision of an evaluation. sha256 is over
-- PostgreSQL's text of the content. A rating that the former release makes has no row.

CREATE TABLE rating_basis (
    evaluation_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    agency_id TEXT NOT NULL,
    content JSONB NOT NULL,
    sha256 TEXT NOT NULL,
    frozen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_rating_basis PRIMARY KEY (evaluation_id, revision)
);

CREATE FUNCTION refuse_change_of_rating_basis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: another rating has a basis of its own', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER rating_basis_is_append_only BEFORE UPDATE OR DELETE ON rating_basis
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_rating_basis();

-- An agency reads and writes its own rows only. FORCE: the service's role owns the table and would else be exempt.
ALTER TABLE rating_basis ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON rating_basis USING (agency_id = current_setting('app.agency_id', true))
WITH CHECK (agency_id = current_setting('app.agency_id', true));
