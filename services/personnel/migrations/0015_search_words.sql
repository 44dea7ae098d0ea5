-- What people are searched by (docs/decisions/0015): row-level security keeps ILIKE from every index, but not comparisons.

-- The words of a name as they are compared: lower case, without diacritics and apostrophes, each once. Nothing in it depends
-- on the database's collation but lower(), so a search and the rows always agree.
CREATE FUNCTION search_words(written TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT word), '{}') FROM regexp_split_to_table(
        lower(regexp_replace(normalize(written, NFKD), '[\u0300-\u036f''`\u00b4\u02b9-\u02bf\u2018-\u201b]', '', 'g')),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+'
    ) AS word
    WHERE word <> ''
$$;

-- A word of a name, with the name by which lists are ordered; or a number of a person read from its end ('<5002…'), which no
-- word of a name looks like. "C": a prefix is then a range. People are never deleted.
CREATE TABLE search_word (
    agency_id TEXT NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    employee_id UUID NOT NULL,
    name TEXT,
    CONSTRAINT pk_search_word PRIMARY KEY (agency_id, word, employee_id) INCLUDE (name)
);

-- An agency reads and writes its own rows only. FORCE: the service's role owns the tables and would else be exempt.
ALTER TABLE search_word ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON search_word USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));

-- Triggers, because processes of the former release write names and numbers, too, while a release is rolled out.
CREATE FUNCTION keep_words_of_new_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_word (agency_id, word, employee_id, name)
    SELECT e.agency_id, w.word, e.id, e.name FROM added e, unnest(search_words(e.name)) AS w (word)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_search_words AFTER INSERT ON employee
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_words_of_new_people();

CREATE FUNCTION keep_words_of_renamed_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_word
    WHERE agency_id = OLD.agency_id AND word = ANY (search_words(OLD.name)) AND employee_id = OLD.id;
    INSERT INTO search_word (agency_id, word, employee_id, name)
    SELECT NEW.agency_id, w.word, NEW.id, NEW.name FROM unnest(search_words(NEW.name)) AS w (word)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_search_words_of_changed_name AFTER UPDATE OF name ON employee
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION keep_words_of_renamed_person();

CREATE FUNCTION keep_words_of_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_word (agency_id, word, employee_id)
    SELECT i.agency_id, '<' || reverse(i.value), i.employee_id FROM added i
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_search_words AFTER INSERT ON employee_identifier
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_words_of_numbers();
