-- A plan covers the days under one appraiser in one unit. A plan of an earlier release is one segment from the first day
-- of its year. NULL: that first day, and the end of the year.
-- migrate: all-agencies plan

ALTER TABLE plan ADD COLUMN first_day DATE;
ALTER TABLE plan ADD COLUMN last_day DATE;

UPDATE plan SET first_day = make_date(year, 1, 1);
