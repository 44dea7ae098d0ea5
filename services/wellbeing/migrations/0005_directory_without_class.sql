-- Nothing here asks for a grade or a job class, so they are not kept: the consumers leave them out, and this empties those that are
-- there. The columns are the directory's, which other services need.
-- migrate: all-agencies directory_stretch
UPDATE directory_stretch SET job_class = 0, grade = '', grade_since = '0001-01-01';
