-- Plans of a former release get a version by a trigger, so versions are overwritten.
-- One agency of {people} people, each with an agreed plan and a final first quarter. {content} is what was agreed.
SELECT set_config('app.agency_id', 'instansi', false);

INSERT INTO directory_agency (agency_id, name, time_zone, version) VALUES ('instansi', 'Kementerian Contoh', 'Asia/Jakarta', 1);

CREATE FUNCTION pg_temp.ident(kind bigint, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT CAST(lpad(to_hex(kind), 16, '0') || lpad(to_hex(number), 16, '0') AS uuid) $$;

INSERT INTO directory_person (agency_id, employee_id, version, service_start)
SELECT 'instansi', pg_temp.ident(1, n), 1, '2019-03-01' FROM generate_series(0, {people} - 1) n;

INSERT INTO directory_stretch (agency_id, employee_id, first_day, last_day, unit_id, position_code, position_kind,
    position_level, job_class, employment_type, status, grade, grade_since, superior_id)
SELECT 'instansi', pg_temp.ident(1, n), '2019-03-01', NULL, pg_temp.ident(2, n / 30), 'JF-ASDM-1', 'JF', 'AHLI_PERTAMA', 8,
    'PNS', 'ACTIVE', 'III/b', '2022-04-01', pg_temp.ident(1, n / 30)
FROM generate_series(0, {people} - 1) n;

INSERT INTO plan (id, agency_id, employee_id, year, unit_id, appraiser_id, reviewer_id, model, state, plan_version,
    active_version, version, content, first_day, created_at, updated_at)
SELECT pg_temp.ident(3, n), 'instansi', pg_temp.ident(1, n), 2026, pg_temp.ident(2, n / 30), pg_temp.ident(1, n / 30),
    pg_temp.ident(1, 0), 'QUANTITATIVE', 'ACTIVE', 1, 1, 3, {content}, '2026-01-01', now(), now()
FROM generate_series(0, {people} - 1) n;

INSERT INTO plan_version (plan_id, number, agency_id, content, sha256, state, submitted_at, agreed_by, agreed_at)
SELECT pg_temp.ident(3, n), 1, 'instansi', {content}, '', 'AGREED', '2026-01-05', pg_temp.ident(1, n / 30), '2026-01-06'
FROM generate_series(0, {people} - 1) n
ON CONFLICT (plan_id, number) DO UPDATE SET state = excluded.state, content = excluded.content,
    submitted_at = excluded.submitted_at, agreed_by = excluded.agreed_by, agreed_at = excluded.agreed_at;

INSERT INTO evaluation (id, agency_id, plan_id, plan_version, employee_id, unit_id, appraiser_id, reviewer_id, rated_by, kind,
    year, quarter, state, work_result, behaviour, work_result_note, behaviour_note, predicate, competency_codes, revision,
    version, final_at, completed_by, created_at)
SELECT pg_temp.ident(8, n), 'instansi', pg_temp.ident(3, n), 1, pg_temp.ident(1, n), pg_temp.ident(2, n / 30),
    pg_temp.ident(1, n / 30), pg_temp.ident(1, 0), pg_temp.ident(1, n / 30), 'PERIODIC', 2026, 1, 'FINAL', 'MEETS', 'MEETS',
    'Waktu layanan membaik sejak Februari', '', 'GOOD', '[]', 1, 2, '2026-04-06', 'APPRAISER', '2026-04-06'
FROM generate_series(0, {people} - 1) n;

INSERT INTO evaluation_version (evaluation_id, revision, agency_id, work_result, behaviour, work_result_note, behaviour_note,
    predicate, decided_by, capacity, reason, order_reference, rule_version, plan_version, considered, at)
SELECT pg_temp.ident(8, n), 1, 'instansi', 'MEETS', 'MEETS', 'Waktu layanan membaik sejak Februari', '', 'GOOD',
    pg_temp.ident(1, n / 30), 'APPRAISER', '', '', 'permenpanrb-6-2022', 1, '[]', '2026-04-06'
FROM generate_series(0, {people} - 1) n;
