-- Fills the directory: `benchmarks/directory.py` puts the numbers of agencies, and of people and units of each, in braces.
-- Person n of an agency works in unit n modulo the number of units, and leads unit n if there is one; a unit has eight
-- below it. A person has three stretches: in another unit, in this one, and in this one in a higher class.
CREATE FUNCTION pg_temp.id(kind bigint, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT lpad(to_hex(kind) || lpad(to_hex(n), 16, '0'), 32, '0')::uuid $$;

INSERT INTO directory_agency
SELECT 'instansi-' || a, 'Instansi ' || a, 'Asia/Jakarta', 1 FROM generate_series(0, {agencies} - 1) a;

INSERT INTO directory_external_official
SELECT 'instansi-' || a, pg_temp.id(3, a), 'Gubernur', '2020-01-01', NULL, 1 FROM generate_series(0, {agencies} - 1) a;

INSERT INTO directory_unit
SELECT 'instansi-' || n / {units}, pg_temp.id(2, n), 1 FROM generate_series(0, {agencies} * {units} - 1) n;

INSERT INTO directory_unit_stretch
SELECT
    'instansi-' || n / {units}, pg_temp.id(2, n), s.first_day, s.last_day, 'U' || n, 'Unit ' || n,
    CASE WHEN n % {units} > 0 THEN pg_temp.id(2, n - n % {units} + (n % {units} - 1) / 8) END,
    pg_temp.id(1, n / {units} * {people} + n % {units}), true
FROM
    generate_series(0, {agencies} * {units} - 1) n,
    (VALUES (date '2020-01-01', date '2025-06-30'), ('2025-07-01', NULL)) s (first_day, last_day);

INSERT INTO directory_person
SELECT 'instansi-' || n / {people}, pg_temp.id(1, n), 1, '2019-03-01'
FROM generate_series(0, {agencies} * {people} - 1) n;

INSERT INTO directory_stretch
SELECT
    'instansi-' || n / {people}, pg_temp.id(1, n), s.first_day, s.last_day,
    pg_temp.id(2, n / {people} * {units} + (n + s.moved) % {people} % {units}), 'JF-ASDM-1', 'JF', 'AHLI_PERTAMA',
    8 + s.raised, 'PNS', CASE WHEN n % 50 = 49 AND s.last_day IS NULL THEN 'RETIRED' ELSE 'ACTIVE' END,
    'III/b', '2022-04-01',
    CASE
        WHEN n % {people} = 0 THEN pg_temp.id(3, n / {people})
        WHEN n % {people} < {units} THEN pg_temp.id(1, n - n % {people} + (n % {people} - 1) / 8)
        ELSE pg_temp.id(1, n - n % {people} + (n + s.moved) % {people} % {units})
    END
FROM
    generate_series(0, {agencies} * {people} - 1) n,
    (VALUES
        (date '2024-01-01', date '2025-06-30', 1, 0), ('2025-07-01', '2026-03-31', 0, 0), ('2026-04-01', NULL, 0, 1)
    ) s (first_day, last_day, moved, raised);

-- every tenth leader is away for five days of each twenty
INSERT INTO directory_substitution
SELECT
    'instansi-' || n / {units}, pg_temp.id(4, n * 50 + k), 'PLH',
    pg_temp.id(1, n / {units} * {people} + n % {units}), pg_temp.id(1, n / {units} * {people} + (n + 1) % {units}),
    date '2024-01-01' + (n % 20 + k * 20)::int, date '2024-01-01' + (n % 20 + k * 20 + 4)::int,
    '{{APPRAISE,REVIEW,LEAD_UNIT}}', NULL, false, 1
FROM generate_series(0, {agencies} * {units} - 1, 10) n, generate_series(0, 49) k;
