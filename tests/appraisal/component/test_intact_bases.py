"""A frozen basis has its hash, and whatever is changed of it is found; a rating of before has none."""

import hashlib
import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.appraisal.component.test_rating_bases import explained, freeze, give, log, run

OF_ANOTHER = (
    "UPDATE rating_basis b SET content = o.content, sha256 = o.sha256 FROM rating_basis o "
    "WHERE b.revision = 1 AND o.revision = 2"
)
ODD = 'Pelayanan "cepat" 👍 \\ rapi\tbaris\nbaru – é \x01\x7f'


def tamper(bureau, statement, table="rating_basis", **values):
    """Change what is stored as its owner can: past the trigger that refuses it."""
    with bureau.service.work.transaction(bureau.agency) as tx:
        tx.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_is_append_only"))
        assert tx.session.execute(text(statement), values).rowcount
        tx.session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER {table}_is_append_only"))


def canonical(value):
    """The form of the hash as the decision page describes it, written anew: keys by length, then by bytes."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return "{" + ", ".join(f"{json.dumps(key)}: {canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def test_whoever_reads_the_explanation_can_compute_the_hash_again(bureau):
    plan = bureau.active_plan()
    give(bureau, plan, ODD)
    log(bureau, plan, "2026-01-12", quantity="1200000.050", unit="usul")
    freeze(bureau, 2026, 4, 6, 3, 0, 0, 123_400)
    (basis,) = explained(bureau, bureau.rate(1, "BELOW", work_result_note=ODD)["id"])["bases"]
    assert basis["content"]["feedback"][0]["text"] == ODD
    assert hashlib.sha256(canonical(basis["content"]).encode()).hexdigest() == basis["sha256"]
    stored = run(
        bureau, "SELECT encode(sha256(convert_to(CAST(content AS text), 'UTF8')), 'hex'), sha256 FROM rating_basis"
    )
    assert stored.all() == [(basis["sha256"], basis["sha256"])]
    trail = "SELECT detail FROM audit WHERE action = 'rating_frozen' AND agency_id = :agency"
    assert run(bureau, trail, agency=bureau.agency).scalars().all() == [{"revision": 1, "sha256": basis["sha256"]}]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rating_basis SET content = jsonb_set(content, '{feedback}', '[]') WHERE revision = 1",
        "UPDATE rating_basis SET sha256 = repeat('0', 64) WHERE revision = 1",
        # with a hash that fits: it is still that of another rating
        OF_ANOTHER,
        # and the other way round: the rating beside it says something else
        "UPDATE evaluation_version SET predicate = 'VERY_GOOD', behaviour = 'ABOVE' WHERE revision = 1",
        # nothing that could be read at all
        "UPDATE rating_basis SET content = '{\"format\": 1}' WHERE revision = 1",
    ],
)
def test_a_basis_that_somebody_has_changed_is_found(bureau, change):
    plan = bureau.active_plan()
    give(bureau, plan)
    bureau.turn(2026, 4, 6, 3)
    proposal = bureau.rate(1, finish=False)
    bureau.rerate(proposal, 1, "ABOVE")
    tamper(bureau, change)
    shown = explained(bureau, proposal["id"])
    assert [(one["revision"], one["intact"]) for one in shown["bases"]] == [(1, False), (2, True)]
    assert shown["frozen"] is True


@pytest.mark.parametrize("content", ['{"format": 1}', '{"format": 2}', "[]"])
def test_a_last_basis_that_nobody_can_read_is_shown_as_not_intact(bureau, content):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1)["id"]
    tamper(bureau, "UPDATE rating_basis SET content = CAST(:content AS jsonb)", content=content)
    if content == "[]":
        content = '{"changed": []}'
        tamper(bureau, "UPDATE rating_basis SET content = CAST(:content AS jsonb)", content=content)
    shown = explained(bureau, first)
    assert (shown["frozen"], [one["intact"] for one in shown["bases"]]) == (False, [False])
    assert shown["predicate"] == "GOOD"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rating_basis SET sha256 = ''",
        "DELETE FROM rating_basis",
        "UPDATE evaluation_item SET remark = 'Buruk'",
        "DELETE FROM evaluation_item",
    ],
)
def test_the_database_itself_refuses_a_change_of_a_basis_and_of_items(bureau, change):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, items=[{"behaviour_value": "BP", "remark": "Melayani"}])
    with pytest.raises(IntegrityError, match="are never changed"):
        run(bureau, change)


def test_a_rating_of_before_is_explained_by_what_there_is_and_says_so(bureau):
    plan = bureau.active_plan()
    feedback = give(bureau, plan)
    log(bureau, plan, "2026-01-12", quantity="3", unit="usul")
    bureau.turn(2026, 4, 3, 3)
    give(bureau, plan, "Triwulan kedua")
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1)["id"]
    tamper(bureau, "DELETE FROM rating_basis")
    bureau.turn(2026, 4, 7, 3)
    bureau.post(bureau.siti, f"/feedback/{feedback['id']}/answer", {"answer": "Terima kasih"}, 200)
    shown = explained(bureau, first)
    assert (shown["frozen"], shown["bases"]) == (False, [])
    assert [(one["text"], one["answer"]) for one in shown["inputs"]["feedback"]] == [("Baik", None)]
    assert [(one["entries"], one["quantity"]) for one in shown["inputs"]["realisation"]] == [(1, "3")]
    bureau.correct(first, "ABOVE", "ABOVE")
    shown = explained(bureau, first)
    assert (shown["frozen"], [one["revision"] for one in shown["bases"]]) == (True, [2])
