"""Ten thousand evaluations: a search reads them in one statement a kind, and finds what is hidden among them."""

import os

import pytest
from sqlalchemy import event, text

PEOPLE = int(os.environ.get("SUAR_ANOMALY_PEOPLE", "10000"))
TEAM = 10
MOST_STATEMENTS = 150
TEXT = "Capaian sesuai rencana dan perilaku sesuai panduan"
# The first team has one text, the second was rated within a minute at the end of the window, of the third nobody has
# evidence; of all others each text is another one, ratings are an hour apart, and there is a log.
_FILL = (
    (
        "INSERT INTO plan (id, agency_id, employee_id, year, unit_id, model, state, plan_version, active_version, version, "
        "content, created_at, updated_at) SELECT md5(:agency || 'p' || n)::uuid, :agency, md5(:agency || 'e' || n)::uuid, 2026, :unit, "
        "'QUALITATIVE', 'ACTIVE', 1, 1, 1, '{}', :at, :at FROM generate_series(1, :people) n"
    ),
    (
        "INSERT INTO progress (id, agency_id, plan_id, employee_id, work_result_id, day, text, unit, recorded_at) "
        "SELECT gen_random_uuid(), :agency, md5(:agency || 'p' || n)::uuid, md5(:agency || 'e' || n)::uuid, :unit, '2026-02-02', 'x', '', :at "
        "FROM generate_series(1, :people) n WHERE (n - 1) / :team <> 2"
    ),
    (
        "INSERT INTO evaluation (id, agency_id, plan_id, plan_version, employee_id, unit_id, appraiser_id, rated_by, "
        "finished_by, kind, year, quarter, state, work_result, behaviour, work_result_note, behaviour_note, predicate, "
        "competency_codes, revision, version, final_at, completed_by, created_at) "
        "SELECT md5(:agency || 'v' || n)::uuid, :agency, md5(:agency || 'p' || n)::uuid, 1, md5(:agency || 'e' || n)::uuid, :unit, o.id, o.id, o.id, "
        "'PERIODIC', 2026, 1, 'FINAL', 'MEETS', 'MEETS', '', '', CASE n % 2 WHEN 0 THEN 'GOOD' ELSE 'VERY_GOOD' END, '[]', "
        "1, 1, o.at, 'APPRAISER', o.at FROM generate_series(1, :people) n, LATERAL (SELECT md5(:agency || 'o' || (n - 1) / :team)::uuid "
        "AS id, CAST(:at AS timestamptz) + CASE (n - 1) / :team WHEN 1 THEN interval '24 days 13 hours 50 minutes' "
        "+ n * interval '1 second' ELSE n % :team * interval '1 hour' END AS at) o"
    ),
    (
        "INSERT INTO evaluation_version (evaluation_id, agency_id, revision, work_result, behaviour, work_result_note, "
        "behaviour_note, predicate, decided_by, capacity, reason, order_reference, rule_version, plan_version, considered, at) "
        "SELECT md5(:agency || 'v' || n)::uuid, :agency, 1, 'MEETS', 'MEETS', :text || CASE WHEN n > :team THEN n::text ELSE '' END, "
        "'Perilaku nomor ' || n || ' sudah dibahas dalam dialog kinerja', e.predicate, e.rated_by, 'APPRAISER', '', '', 'v', "
        "1, '[]', e.final_at FROM generate_series(1, :people) n JOIN evaluation e ON e.id = md5(:agency || 'v' || n)::uuid"
    ),
    (
        "INSERT INTO evaluation_item (id, agency_id, evaluation_id, revision, behaviour_value, realisation, remark, "
        "progress_ids, feedback_ids) SELECT gen_random_uuid(), :agency, md5(:agency || 'v' || n)::uuid, 1, v, '', "
        "'Catatan nomor ' || n || ' tentang nilai ' || v, '{}', '{}' "
        "FROM generate_series(1, :people) n, unnest(ARRAY['BP', 'AK', 'KO']) v"
    ),
)


@pytest.fixture
def filled(bureau):
    values = {"agency": bureau.agency, "unit": bureau.unit, "people": PEOPLE, "team": TEAM, "text": TEXT}
    values["at"] = bureau.service.clock.now().replace(month=4, day=6, hour=3)
    with bureau.service.work.transaction(bureau.agency) as tx:
        for statement in _FILL:
            named = text(statement.replace("::", r"\:\:"))
            tx.session.execute(named, {name: values[name] for name in named.compile().params})
    bureau.turn(2026, 5, 4, 3)
    bureau.service.run_jobs()  # what other tests have left is not counted here
    return bureau


def run(bureau):
    """Search, and return what the run says of itself with how many statements the whole of it took."""
    seen, engine = [], bureau.service.work.database.engine

    def keep(*call):
        seen.append(call[2])

    event.listen(engine, "before_cursor_execute", keep)
    bureau.post(bureau.inspector, "/oversight/runs", {"year": 2026, "quarter": 1}, 202)
    bureau.service.run_jobs()
    event.remove(engine, "before_cursor_execute", keep)
    return bureau.get(bureau.inspector, "/oversight/runs")["items"][0], len(seen)


def test_each_pattern_is_found_among_ten_thousand_and_a_second_run_adds_nothing(filled):
    first, statements = run(filled)
    assert {kind: number for kind, number in first["found"].items() if number} == {
        "IDENTICAL_TEXTS": 1,
        "LAST_MINUTES": 1,
        "NO_EVIDENCE": 1,
    }
    assert first["found"] == first["opened"]
    for one in filled.get(filled.inspector, "/oversight/anomalies")["items"]:
        assert (one["evaluations"], one["people"]) == (TEAM, TEAM)
    assert statements < MOST_STATEMENTS
    again, _ = run(filled)
    assert (again["found"], set(again["opened"].values())) == (first["found"], {0})


def test_a_sample_of_ten_thousand_is_drawn_in_one_request(filled):
    body = {
        "year": 2026,
        "quarter": 1,
        "share": "0.01",
        "by_predicate": True,
        "reason": "Uji petik",
        "order_reference": "ST-1",
    }
    sample = filled.post(filled.inspector, "/oversight/samples", body, 201)
    half = PEOPLE // 200
    assert (sample["population"], sample["drawn"]) == (PEOPLE, 2 * half)
    assert {one["predicate"]: one["drawn"] for one in sample["strata"]} == {"VERY_GOOD": half, "GOOD": half}
    members = filled.get(filled.inspector, f"/oversight/samples/{sample['id']}/members?limit=200")["items"]
    assert [one["position"] for one in members] == list(range(1, min(200, 2 * half) + 1))
