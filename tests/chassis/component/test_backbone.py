"""Outbox, inbox, timers, jobs and the audit chain, on a real PostgreSQL."""

from datetime import timedelta

import pytest
from desk.core import BookLent, HandledEvent, lend
from sqlalchemy import text

from chassis import audit, jobs, outbox, timers
from chassis.audit import first_broken, seal
from chassis.bus.contracts import ContractBroken
from chassis.consumers import is_latest
from chassis.ids import new_id
from chassis.inbox.inbox import BACK_OFF


def handled(desk, agency):
    with desk.work.transaction(agency) as tx:
        return [(one.subject, one.sequence) for one in tx.session.query(HandledEvent).order_by(HandledEvent.sequence)]


def deliver(desk, agency, subject, title="x", **more):
    data = {"loan_id": str(subject), "title": title}
    return desk.deliver("BookLent", data, producer="desk", agency=agency, subject=subject, **more)


def test_events_of_one_subject_are_numbered_in_order(desk, agency):
    loan = new_id()
    for _ in range(3):
        with desk.work.transaction(agency) as tx:
            outbox.record(tx, BookLent(loan_id=loan, title="x"))
    assert [one["sequence"] for one in desk.events(agency)] == [1, 2, 3]


def test_many_events_of_one_transaction_are_numbered_in_order_and_go_on_where_their_subject_was(desk, agency):
    loans = [new_id() for _ in range(300)]
    with desk.work.transaction(agency) as tx:
        outbox.record(tx, BookLent(loan_id=loans[7], title="first"))
    with desk.work.transaction(agency) as tx:
        for title in ("a", "b", "c"):
            for loan in loans:
                outbox.record(tx, BookLent(loan_id=loan, title=title))
    of_loan = {}
    for one in desk.events(agency):
        assert one["subject"] == one["data"]["loan_id"]
        of_loan.setdefault(one["subject"], []).append((one["sequence"], one["data"]["title"]))
    assert of_loan.pop(str(loans[7])) == [(1, "first"), (2, "a"), (3, "b"), (4, "c")]
    assert of_loan == {str(one): [(1, "a"), (2, "b"), (3, "c")] for one in loans if one != loans[7]}


def test_an_event_outside_its_contract_is_refused(desk, agency):
    with pytest.raises(ContractBroken, match="title"), desk.work.transaction(agency) as tx:
        outbox.record(tx, BookLent(loan_id=new_id(), title="x" * 51))


def test_a_repeat_changes_nothing(desk, agency):
    subject, event_id = new_id(), new_id()
    for _ in range(3):
        deliver(desk, agency, subject, event_id=event_id, sequence=1)
    assert handled(desk, agency) == [(str(subject), 1)]


def test_a_bad_event_harms_no_other_and_waits_with_its_error(desk, agency):
    from chassis.bus.envelope import Event

    good, bad = new_id(), new_id()
    events = []
    for subject, title in ((good, "x"), (bad, "always fails")):
        events.append(deliver(desk, "elsewhere", subject, title))  # builds an envelope, handled in another agency
    batch = [Event.parse(one.body.replace("elsewhere", agency).replace(str(one.id), str(new_id()))) for one in events]
    desk.worker.inbox.apply(batch)
    assert handled(desk, agency) == [(str(good), 1)]
    held = desk.deferred(agency)
    assert [one["cause"] for one in held] == ["ValueError"]
    assert "cannot be handled" in held[0]["error"]


def test_a_deferred_event_is_parked_after_its_last_attempt(desk, agency):
    deliver(desk, agency, new_id(), "always fails")
    for _ in range(10):
        with desk.work.database.engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE deferred SET next_attempt_at = now() - interval '1 s' "
                    "WHERE next_attempt_at IS NOT NULL AND agency_id = :agency"
                ),
                {"agency": agency},
            )
        desk.worker.inbox.retry_due()
    (held,) = desk.deferred(agency)
    assert held["parked_at"] is not None
    assert held["attempts"] == 1 + len(BACK_OFF)


def test_an_older_event_is_not_newer(desk, agency):
    subject = new_id()
    event = deliver(desk, agency, subject, sequence=5)
    older = deliver(desk, agency, subject, sequence=4)
    with desk.work.transaction(agency) as tx:
        assert is_latest(tx, "loans", event)
        assert not is_latest(tx, "loans", older)
        assert not is_latest(tx, "loans", event)


def test_a_timer_fires_once_when_business_time_reaches_it(desk, agency, at):
    desk.clock.freeze(at(2026, 1, 1))
    with desk.work.transaction(agency) as tx:
        lend(tx, "x")
    desk.clock.freeze(at(2026, 1, 14, 23, 59))
    desk.run_timers()
    assert handled(desk, agency) == []
    desk.clock.freeze(at(2026, 1, 15))
    desk.run_timers()
    desk.run_timers()
    assert handled(desk, agency) == [("timer", 0)]


def test_a_timer_that_fails_stays_and_holds_up_no_other(desk, agency, at):
    desk.clock.freeze(at(2026, 1, 1))
    good = new_id()
    with desk.work.transaction(agency) as tx:
        timers.schedule(tx, "due_back", new_id(), tx.now - timedelta(days=1), {"fails": True})
        timers.schedule(tx, "due_back", good, tx.now)
    desk.run_timers()
    assert handled(desk, agency) == [("timer", 0)]
    with desk.work.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT attempts, error FROM timer WHERE agency_id = :a"), {"a": agency}).all()
    assert [(row.attempts, "not today" in row.error) for row in rows] == [(1, True)]


def test_a_job_goes_on_where_it_stopped_and_lists_its_bad_rows(desk, agency, person):
    librarian = person("librarian")
    with desk.work.transaction(agency) as tx:
        job = jobs.start(tx, "lend_many", {}, librarian.account_id, content=b"a\nb\n\nd\ne", key="file-1")
        assert jobs.start(tx, "lend_many", {}, librarian.account_id, key="file-1") == job
    assert desk.worker.jobs.run_step(desk.work)
    client = desk.client(librarian)
    midway = client.get(f"/api/v1/desk/jobs/{job}").json
    assert (midway["status"], midway["processed"], midway["total"]) == ("RUNNING", 2, 5)
    desk.run_jobs()
    done = client.get(f"/api/v1/desk/jobs/{job}").json
    assert (done["status"], done["processed"], done["issues"]) == ("DONE", 5, 1)
    issues = client.get(f"/api/v1/desk/jobs/{job}/issues").json["items"]
    assert [(one["row"], one["code"]) for one in issues] == [(4, "title_missing")]
    assert "title_missing" in client.get(f"/api/v1/desk/jobs/{job}/issues.csv").get_data(as_text=True)
    assert len(desk.events(agency)) == 4


def test_the_audit_chain_shows_where_it_was_tampered_with(desk, agency):
    with desk.work.transaction(agency) as tx:
        for number in range(3):
            audit.record(tx, "somebody", "read", "loan", number)
    while seal(desk.work.database.engine):
        pass
    assert first_broken(desk.work.database.engine, agency) is None
    with desk.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET action = 'wrote' WHERE agency_id = :a AND chain = 2"), {"a": agency})
    assert first_broken(desk.work.database.engine, agency) == 2


def test_an_operator_sees_replays_and_discards_what_is_parked(desk, agency, person):
    operator = desk.client(person("operator"))
    base = "/api/v1/desk/events"
    for _ in range(2):
        deliver(desk, agency, new_id(), "always fails")
    with desk.work.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE deferred SET next_attempt_at = NULL, parked_at = now() WHERE agency_id = :a"), {"a": agency}
        )
    (group,) = [one for one in operator.get(f"{base}/parked").json["items"] if one["cause"] == "ValueError"]
    assert "cannot be handled" in group["latest_error"]
    first, second = [one["event_id"] for one in desk.deferred(agency)]
    edited = {"data": {"loan_id": str(new_id()), "title": "fine"}, "reason": "judul salah"}
    assert operator.post(f"{base}/failed/{first}/edit", json=edited).status_code == 200
    assert operator.post(f"{base}/failed/{first}/retry").json == {"affected": 1}
    assert operator.post(f"{base}/failed/{first}/edit", json=edited).json["code"] == "event_not_editable"
    desk.worker.inbox.retry_due()
    assert len(handled(desk, agency)) == 1
    assert operator.post(f"{base}/failed/{second}/discard", json={"reason": "data uji"}).status_code == 200
    states = operator.get(f"{base}/failed?state=DISCARDED").json["items"]
    assert str(second) in {one["event_id"] for one in states}
    assert operator.get(f"{base}/status").json["outbox"] >= 0
    assert desk.client(person("hr_officer")).get(f"{base}/status").status_code == 403


def test_reconciliation_names_what_never_took_effect(desk, agency, person):
    operator = desk.client(person("operator"))
    with desk.work.transaction(agency) as tx:
        published = outbox.record(tx, BookLent(loan_id=new_id(), title="x"))
    known = deliver(desk, agency, new_id())
    answer = operator.post("/api/v1/desk/events/unprocessed", json={"ids": [str(published), str(known.id)]})
    assert answer.json == {"ids": [str(published)]}
    history = operator.get("/api/v1/desk/events/history?limit=5000").json["items"]
    assert str(published) in {one["id"] for one in history}
