-- The words of those who are there; whoever was recorded since the file before has theirs.
-- migrate: all-agencies employee, employee_identifier, search_word
INSERT INTO search_word (agency_id, word, employee_id, name)
SELECT e.agency_id, w.word, e.id, e.name FROM employee e, unnest(search_words(e.name)) AS w (word)
ON CONFLICT DO NOTHING;
INSERT INTO search_word (agency_id, word, employee_id)
SELECT i.agency_id, '<' || reverse(i.value), i.employee_id FROM employee_identifier i
ON CONFLICT DO NOTHING;
