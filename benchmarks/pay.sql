-- An agency of {people} people in {units} units, of whom every {each}th is moved to another unit and a higher class on
-- 15 April. Everybody has a final first quarter, half have something in the attendance of April and of May, and every
-- hundredth has a penalty.
SELECT set_config('app.agency_id', '{agency}', false);

INSERT INTO directory_agency (agency_id, name, time_zone, version) VALUES ('{agency}', 'Instansi', 'Asia/Jakarta', 1);

CREATE OR REPLACE FUNCTION pg_temp.ident(kind bigint, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT CAST(md5('{agency} ' || kind || ' ' || number) AS uuid) $$;

INSERT INTO directory_person (agency_id, employee_id, version, service_start)
SELECT '{agency}', pg_temp.ident(1, n), 1, '2019-03-01' FROM generate_series(0, {people} - 1) n;

INSERT INTO directory_stretch (agency_id, employee_id, first_day, last_day, unit_id, position_code, position_kind,
    position_level, job_class, employment_type, status, grade, grade_since, superior_id)
SELECT '{agency}', pg_temp.ident(1, n), first_day, last_day, pg_temp.ident(2, (n / 30 + shift) % {units}), 'JF-ASDM-1',
    'JF', 'AHLI_PERTAMA', 6 + n % 5 + shift, 'PNS', 'ACTIVE', 'III/b', '2022-04-01',
    pg_temp.ident(1, (n / 30 + shift) % {units})
FROM generate_series(0, {people} - 1) n CROSS JOIN LATERAL (
    SELECT CAST('2019-03-01' AS date), CAST('2026-04-14' AS date), 0 WHERE n % {each} = 0
    UNION ALL SELECT '2026-04-15', NULL, 1 WHERE n % {each} = 0
    UNION ALL SELECT '2019-03-01', NULL, 0 WHERE n % {each} <> 0
) s (first_day, last_day, shift);

INSERT INTO predicate_fact (agency_id, evaluation_id, stage, version, employee_id, period_kind, year, part, predicate,
    source, said_at)
SELECT '{agency}', pg_temp.ident(3, n), 'FINAL', 1, pg_temp.ident(1, n), 'QUARTER', 2026, 1,
    CASE WHEN n % 10 = 0 THEN 'NEEDS_IMPROVEMENT' ELSE 'GOOD' END, 'APPRAISAL', '2026-04-08'
FROM generate_series(0, {people} - 1) n;

INSERT INTO attendance_entry (agency_id, employee_id, month, code, revision, count, source, entered_at)
SELECT '{agency}', pg_temp.ident(1, n), month, code, 1, 1 + n % 3, 'file', '2026-05-02'
FROM generate_series(0, {people} - 1) n, (VALUES ('TL1'), ('PSW2')) c (code),
    (VALUES (CAST('2026-04-01' AS date)), ('2026-05-01')) m (month)
WHERE n % 2 = 0;

INSERT INTO discipline_penalty (id, agency_id, employee_id, level, percent, from_month, to_month, letter_number,
    legal_source, entered_by, entered_at)
SELECT pg_temp.ident(4, n), '{agency}', pg_temp.ident(1, n), 'LIGHT', 25, '2026-03-01', '2026-05-01', 'SK-' || n, 'PP 94/2021',
    pg_temp.ident(5, 0), '2026-03-02'
FROM generate_series(0, {people} - 1, 100) n;
