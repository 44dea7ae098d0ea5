-- One agency of {people} people in {units} units: each tenth moved on 15 May, each thirtieth is on leave since February,
-- nine of ten have an agreed plan, and half of those a final first quarter.
SELECT set_config('app.agency_id', 'instansi', false);

INSERT INTO directory_agency (agency_id, name, time_zone, version) VALUES ('instansi', 'Instansi', 'Asia/Jakarta', 1);

CREATE FUNCTION pg_temp.ident(kind bigint, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT CAST(lpad(to_hex(kind), 16, '0') || lpad(to_hex(number), 16, '0') AS uuid) $$;

INSERT INTO directory_person (agency_id, employee_id, version, service_start)
SELECT 'instansi', pg_temp.ident(1, n), 1, '2019-03-01' FROM generate_series(0, {people} - 1) n;

INSERT INTO directory_stretch (agency_id, employee_id, first_day, last_day, unit_id, position_code, position_kind,
    position_level, job_class, employment_type, status, grade, grade_since, superior_id)
SELECT 'instansi', pg_temp.ident(1, n), first_day, last_day, pg_temp.ident(2, (n / 30 + shift) % {units}), 'JF-ASDM-1',
    'JF', 'AHLI_PERTAMA', 8, 'PNS', status, 'III/b', '2022-04-01', pg_temp.ident(1, (n / 30 + shift) % {units})
FROM generate_series(0, {people} - 1) n CROSS JOIN LATERAL (
    SELECT CAST('2019-03-01' AS date), CAST('2026-05-14' AS date), 0, 'ACTIVE' WHERE n % 10 = 0
    UNION ALL SELECT '2026-05-15', NULL, 1, 'ACTIVE' WHERE n % 10 = 0
    UNION ALL SELECT '2019-03-01', '2026-01-31', 0, 'ACTIVE' WHERE n % 30 = 1
    UNION ALL SELECT '2026-02-01', NULL, 0, 'UNPAID_LEAVE' WHERE n % 30 = 1
    UNION ALL SELECT '2019-03-01', NULL, 0, 'ACTIVE' WHERE n % 10 <> 0 AND n % 30 <> 1
) s (first_day, last_day, shift, status);

INSERT INTO plan (id, agency_id, employee_id, year, unit_id, appraiser_id, model, state, plan_version, active_version,
    version, content, first_day, created_at, updated_at)
SELECT pg_temp.ident(3, n), 'instansi', pg_temp.ident(1, n), 2026, pg_temp.ident(2, n / 30 % {units}),
    pg_temp.ident(1, n / 30 % {units}), 'QUANTITATIVE', 'ACTIVE', 1, 1, 3, '{{}}', '2026-01-01', now(), now()
FROM generate_series(0, {people} - 1) n WHERE n % 10 <> 9;

INSERT INTO plan_move (id, agency_id, plan_id, plan_version, move, from_state, to_state, actor, reason, at)
SELECT pg_temp.ident(4 + step, n), 'instansi', pg_temp.ident(3, n), 1, move, from_state, to_state, CAST(pg_temp.ident(1, n) AS text), '', now()
FROM generate_series(0, {people} - 1) n
CROSS JOIN (VALUES (0, 'SUBMIT', 'DRAFT', 'SUBMITTED'), (1, 'ACTIVATE', 'SUBMITTED', 'ACTIVE')) m (step, move, from_state, to_state)
WHERE n % 10 <> 9;

INSERT INTO evaluation (id, agency_id, plan_id, plan_version, employee_id, unit_id, appraiser_id, rated_by, kind, year,
    quarter, state, work_result, behaviour, work_result_note, behaviour_note, predicate, competency_codes, revision,
    version, final_at, completed_by, created_at)
SELECT pg_temp.ident(8, n), 'instansi', pg_temp.ident(3, n), 1, pg_temp.ident(1, n), pg_temp.ident(2, n / 30 % {units}),
    pg_temp.ident(1, n / 30 % {units}), pg_temp.ident(1, n / 30 % {units}), 'PERIODIC', 2026, 1, 'FINAL', 'MEETS', 'MEETS',
    '', '', 'GOOD', '[]', 1, 2, now(), 'APPRAISER', now()
FROM generate_series(0, {people} - 1) n WHERE n % 10 <> 9 AND n % 2 = 0;
