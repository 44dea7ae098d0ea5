"""Samples: drawn for a recorded reason, repeatable, read by inspectors and shown to the person, and never deleted."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chassis.ids import new_id
from tests.appraisal.component.reviews import asked, end, rule

QUARTER = {"year": 2026, "quarter": 1}
WHY = {"reason": "Uji petik semester pertama", "order_reference": "ST-4/IRJEN/2026"}


@pytest.fixture
def rated(bureau):
    """Siti and three colleagues are rated for the first quarter, one of them only in a proposal."""
    bureau.people = [bureau.siti, *bureau.hire(3)]
    for one in bureau.people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    bureau.made = {
        one.employee_id: bureau.rate(1, *levels, who=one, finish=finish)["id"]
        for one, levels, finish in zip(
            bureau.people,
            [("MEETS",), ("MEETS",), ("ABOVE", "ABOVE"), ("MEETS",)],
            [True, True, True, False],
            strict=True,
        )
    }
    return bureau


def draw(bureau, who=None, status=201, **change):
    wanted = {} if "share" in change else {"size": 3}
    return bureau.post(who or bureau.inspector, "/oversight/samples", {**QUARTER, **WHY, **wanted, **change}, status)


def members(bureau, sample, who=None):
    return bureau.get(who or bureau.inspector, f"/oversight/samples/{sample['id']}/members")["items"]


def read(bureau, sample, evaluation, who=None, status=200):
    return bureau.get(who or bureau.inspector, f"/oversight/samples/{sample['id']}/members/{evaluation}", status)


def test_what_is_under_review_is_not_drawn_before_it_is_confirmed(rated):
    rated.have_rule("EXTREME_REVIEW", rule())
    (late,) = rated.hire(1)
    rated.turn(2026, 1, 12, 2)
    rated.active_plan(late)
    rated.turn(2026, 4, 6, 3)
    evaluation = asked(rated, who=late)
    assert draw(rated, share="1")["population"] == 3
    end(rated, evaluation)
    assert draw(rated, share="1")["population"] == 4


def close(bureau, sample, who=None, status=200, version=None):
    headers = {"If-Match": f'"{version or sample["version"]}"'}
    body = {"conclusion": "Penilaian sesuai bukti; satu catatan perlu dilengkapi"}
    return bureau.post(
        who or bureau.inspector, f"/oversight/samples/{sample['id']}/close", body, status, headers=headers
    )


def audited(bureau, action):
    query = text("SELECT object_id, detail FROM audit WHERE agency_id = :agency AND action = :action ORDER BY position")
    with bureau.service.work.database.engine.connect() as connection:
        return connection.execute(query, {"agency": bureau.agency, "action": action}).all()


def test_a_draw_can_be_repeated_from_what_is_on_record(rated):
    sample = draw(rated, size=2)
    finished = [rated.made[one.employee_id] for one in rated.people[:3]]
    by_hand = sorted(finished, key=lambda one: hashlib.sha256(f"{sample['seed']}:{one}".encode()).hexdigest())[:2]
    assert [one["evaluation_id"] for one in members(rated, sample)] == by_hand
    predicates = dict(zip(finished, ["GOOD", "GOOD", "VERY_GOOD"], strict=True))
    lines = "\n".join(sorted(f"{one};{predicates[one]}" for one in finished))
    assert sample["population_hash"] == hashlib.sha256(lines.encode()).hexdigest()
    assert (sample["population"], sample["drawn"], sample["algorithm"]) == (3, 2, "SHA256_RANK_1")
    assert (sample["seed_given"], len(sample["seed"])) == (False, 32)
    again = draw(rated, size=2, seed=sample["seed"])
    assert (again["seed_given"], again["population_hash"]) == (True, sample["population_hash"])
    assert members(rated, again) == members(rated, sample)
    assert draw(rated)["seed"] != sample["seed"]


def test_reason_and_order_are_asked_for_and_one_size_that_fits(rated):
    for fault, change in (
        ("reason", {"reason": " "}),
        ("order_reference", {"order_reference": ""}),
        ("size", {"size": 0}),
        ("size", {"size": None}),
        ("size", {"size": 1, "share": "0.5"}),
        ("share", {"share": "1.5"}),
        ("share", {"share": "0"}),
    ):
        assert draw(rated, status=422, **change)["errors"][0]["field"] == fault, change
    refused = draw(rated, status=422, size=4)
    assert (refused["code"], "paling banyak 3 dari 3" in refused["detail"]) == ("sample_too_large", True)
    for wanted in ({"share": "0.5"}, {"size": 3}):
        assert draw(rated, status=409, quarter=2, **wanted)["code"] == "nothing_to_sample"
    assert rated.get(rated.inspector, "/oversight/samples")["items"] == []
    assert draw(rated, share="0.34")["drawn"] == 2
    assert draw(rated, share="0.33")["drawn"] == 1


def test_each_predicate_has_its_part_of_a_sample_by_predicate(rated):
    sample = draw(rated, size=2, by_predicate=True)
    strata = [(one["predicate"], one["population"], one["drawn"]) for one in sample["strata"]]
    assert strata == [("VERY_GOOD", 1, 1), ("GOOD", 2, 1)]
    assert {one["predicate"] for one in members(rated, sample)} == {"VERY_GOOD", "GOOD"}


def test_a_unit_stands_for_all_below_it_and_another_one_for_nothing(rated):
    assert draw(rated, unit_id=str(rated.root))["population"] == 3
    assert draw(rated, unit_id=str(rated.unit))["population"] == 3
    elsewhere = new_id()
    rated.add_unit(elsewhere, rated.root, None)
    assert draw(rated, status=409, unit_id=str(elsewhere), share="1")["code"] == "nothing_to_sample"
    draw(rated, status=404, unit_id=str(new_id()))


def test_the_same_request_twice_draws_once(rated):
    body, headers = {**QUARTER, **WHY, "size": 2}, {"Idempotency-Key": "sampel-1"}
    first, again = (rated.post(rated.inspector, "/oversight/samples", body, 201, headers=headers) for _ in range(2))
    assert first == again
    assert len(rated.get(rated.inspector, "/oversight/samples")["items"]) == 1


def test_an_inspector_never_draws_nor_reads_the_own_evaluation_or_one_of_their_making(rated):
    own = rated.person("inspector", employee_id=rated.siti.employee_id)
    assert draw(rated, own, size=2)["population"] == 2
    rater = rated.person("inspector", employee_id=rated.head.employee_id)
    assert draw(rated, rater, status=409, share="1")["code"] == "nothing_to_sample"
    sample = draw(rated)
    assert len(members(rated, sample)) == 3
    assert rated.made[rated.siti.employee_id] not in {one["evaluation_id"] for one in members(rated, sample, own)}
    for who in (own, rater):
        assert read(rated, sample, rated.made[rated.siti.employee_id], who, 403)["code"] == "own_affair"
    assert rated.get(rated.siti, "/me/sample-readings")["items"] == []


def test_reading_a_member_is_on_record_and_shown_to_the_person(rated):
    sample, evaluation = draw(rated), rated.made[rated.siti.employee_id]
    shown = read(rated, sample, evaluation)
    assert (shown["sample_id"], shown["evaluation"]["id"]) == (sample["id"], evaluation)
    assert shown["explanation"] == rated.get(rated.inspector, f"/evaluations/{evaluation}/explanation")
    assert [(one.object_id, one.detail) for one in audited(rated, "evaluation_read")] == [
        (evaluation, {"sample_id": sample["id"]})
    ]
    assert audited(rated, "evaluation_explained")[0].detail == {"sample_id": sample["id"]}
    (own,) = rated.get(rated.siti, "/me/sample-readings")["items"]
    assert (own["sample_id"], own["evaluation_id"]) == (sample["id"], evaluation)
    assert (own["read_by"], own["order_reference"]) == (str(rated.inspector.employee_id), WHY["order_reference"])
    assert "reason" not in own
    assert rated.get(rated.people[1], "/me/sample-readings")["items"] == []
    seen = {one["evaluation_id"]: one["read_at"] for one in members(rated, sample)}
    assert (seen.pop(evaluation), set(seen.values())) == (own["read_at"], {None})
    read(rated, sample, rated.made[rated.people[3].employee_id], status=404)


def test_a_closed_sample_has_its_conclusion_and_is_read_no_more(rated):
    sample = draw(rated)
    colleague = rated.person("inspector")
    assert rated.get(colleague, f"/oversight/samples/{sample['id']}")["reason"] == WHY["reason"]
    path = f"/oversight/samples/{sample['id']}/close"
    assert rated.post(colleague, path, {"conclusion": "x"}, 428)["code"] == "version_required"
    assert close(rated, sample, version=7, status=412)["code"] == "version_conflict"
    closed = close(rated, sample, colleague)
    assert (closed["state"], closed["closed_by"], closed["moves"]) == ("CLOSED", str(colleague.employee_id), [])
    assert close(rated, closed, status=409)["code"] == "sample_move_refused"
    refused = read(rated, sample, rated.made[rated.siti.employee_id], status=409)
    assert (refused["code"], "berstatus CLOSED" in refused["detail"]) == ("sample_move_refused", True)
    assert len(members(rated, sample)) == 3
    assert rated.get(rated.inspector, "/oversight/samples?state=OPEN")["items"] == []
    assert rated.get(rated.inspector, f"/oversight/samples?drawn_by={colleague.employee_id}")["items"] == []
    assert [one["id"] for one in rated.get(rated.inspector, "/oversight/samples?year=2026&limit=1")["items"]] == [
        sample["id"]
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sample",
        "UPDATE sample SET reason = 'x'",
        "UPDATE sample SET seed = 'x'",
        "DELETE FROM sample_member",
        "UPDATE sample_member SET position = 9",
        "DELETE FROM sample_reading",
        "UPDATE sample_reading SET read_by = gen_random_uuid()",
    ],
)
def test_nothing_of_a_sample_is_deleted_or_changed_afterwards(rated, statement):
    read(rated, draw(rated), rated.made[rated.siti.employee_id])
    with pytest.raises(DBAPIError, match="stay as they are"), rated.service.work.transaction(rated.agency) as tx:
        tx.session.execute(text(statement))


def test_nobody_but_inspectors_of_the_agency_sees_a_sample(rated, person):
    sample = draw(rated)
    path = f"/oversight/samples/{sample['id']}"
    for who in (rated.hr, rated.head, rated.siti, rated.top):
        draw(rated, who, 403)
        for one in (path, f"{path}/members", f"{path}/members.csv", "/oversight/samples"):
            rated.get(who, one, 403)
    foreign = person("inspector", agency_id=f"{rated.agency}-lain")
    rated.get(foreign, path, 404)
    rated.get(foreign, f"{path}/members", 404)
    assert rated.get(foreign, "/oversight/samples")["items"] == []
    assert draw(rated, foreign, 503, size=1)["code"] == "not_known_yet"
    nobody = person("operator", "inspector")
    assert draw(rated, nobody, 403)["code"] == "inspector_without_employee"


def test_the_members_are_a_file(rated):
    sample = draw(rated)
    answer = rated.call(rated.inspector, "GET", f"/oversight/samples/{sample['id']}/members.csv", 200)
    head, *rows = answer.text.splitlines()
    assert head == "position,evaluation_id,employee_id,predicate,read_at"
    assert [row.split(",")[:2] for row in rows] == [
        [str(one["position"]), one["evaluation_id"]] for one in members(rated, sample)
    ]


def test_an_inspector_exports_evaluations_without_names_and_reads_distributions(rated):
    answer = rated.call(rated.inspector, "GET", "/exports/evaluations.csv?year=2026&quarter=1", 200)
    assert len(answer.text.splitlines()) == 5
    assert "nip" not in answer.text.splitlines()[0]
    rated.get(rated.inspector, "/exports/evaluations.csv?year=2026&names=true", 403)
    rated.get(rated.head, "/exports/evaluations.csv?year=2026", 403)
    path = f"/units/{rated.unit}/distribution?year=2026&quarter=1"
    assert rated.get(rated.inspector, path, 409)["code"] == "unit_without_predicate"
    place = {**QUARTER, "unit_id": str(rated.unit), "predicate": "GOOD", "reason": "x"}
    rated.put(rated.hr, "/org-predicates", place)
    assert rated.get(rated.inspector, path)["rated"] == 4


def test_who_moved_since_is_drawn_in_the_unit_of_their_rating_and_who_retired_too(rated):
    elsewhere = new_id()
    rated.add_unit(elsewhere, rated.root, None)
    rated.change(rated.people[1], date(2026, 4, 10), unit_id=elsewhere)
    rated.change(rated.people[2], date(2026, 4, 10), status="RETIRED")
    rated.turn(2026, 4, 20, 3)
    assert draw(rated, unit_id=str(rated.unit))["population"] == 3
