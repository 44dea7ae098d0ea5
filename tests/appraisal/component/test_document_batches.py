"""Documents of many evaluations: made by a job that may be killed, downloaded by who asked, removed after some days."""

import io
import threading
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import text

from appraisal.domain import document_batch
from appraisal.jobs import jobs
from appraisal.persistence.document_batches import kept_files
from appraisal.use_cases.documents import make_many
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.retention import RetentionPurge
from documents.pdf import PaperTooLong
from testkit.service import ServiceUnderTest
from tests.appraisal.component.papers import code_of, document, text_of_pdf, verify
from tests.appraisal.component.reviews import asked, end, let_extremes_be_reviewed

BATCHES = "/documents/batches"


@pytest.fixture
def rated(bureau, names):
    """Siti and four colleagues with final first quarters."""
    people = [bureau.siti, *bureau.hire(4)]
    for one in people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    return [bureau.rate(1, who=one) for one in people]


@pytest.fixture(autouse=True)
def few_in_a_step(bureau, monkeypatch):
    """Two evaluations in a step; a job that is left is taken away, or another test's worker would make its steps."""
    monkeypatch.setattr(make_many, "AT_ONCE", 2)
    yield
    with bureau.service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE job SET status = 'DONE' WHERE agency_id = :agency"), {"agency": bureau.agency})


def ask(bureau, status=202, who=None, **body):
    return bureau.post(who or bureau.hr, BATCHES, {"year": 2026, "quarter": 1, **body}, status)


def show(bureau, batch, who=None):
    return bureau.get(who or bureau.hr, f"{BATCHES}/{batch}")


def make_some(bureau, batch):
    """Make steps, of other tests' jobs too, until this batch has made one."""
    while show(bureau, batch)["done"] == 0:
        assert jobs.run_step(bureau.service.work)
    assert show(bureau, batch)["done"] == 2


def files_in(bureau, batch, part=1):
    answer = bureau.call(bureau.hr, "GET", f"{BATCHES}/{batch}/parts/{part}", 200)
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def stored(bureau, query):
    with bureau.service.work.transaction(bureau.agency) as tx:
        return tx.session.execute(text(query)).scalars().all()


def test_all_final_evaluations_of_a_period_are_made_and_downloaded_as_an_archive(bureau, rated, names):
    batch = ask(bureau, formats=["pdf", "xlsx"])["job_id"]
    assert names.asked == 1
    shown = show(bureau, batch)
    assert (shown["state"], shown["done"], shown["total"], shown["parts"]) == ("RUNNING", 0, 5, [])
    bureau.service.run_jobs()
    shown = show(bureau, batch)
    assert (shown["state"], shown["done"], shown["failed"]) == ("DONE", 5, 0)
    (part,) = shown["parts"]
    files = files_in(bureau, batch)
    assert (part["files"], part["bytes"]) == (len(files), sum(map(len, files.values())))
    assert len(files) == 10
    first = next(
        content for name, content in files.items() if name.startswith("00001-siti-rahmania-") and "pdf" in name
    )
    assert "Siti Rahmania" in text_of_pdf(first)
    assert len(stored(bureau, "SELECT id FROM document")) == 5


def test_what_is_under_review_is_neither_made_nor_counted(bureau, names):
    let_extremes_be_reviewed(bureau)
    evaluation = asked(bureau)
    assert ask(bureau, 409)["code"] == "nothing_to_print"
    end(bureau, evaluation)
    batch = ask(bureau)["job_id"]
    bureau.service.run_jobs()
    shown = show(bureau, batch)
    assert (shown["state"], shown["total"], shown["failed"]) == ("DONE", 1, 0)


def test_what_is_downloaded_one_by_one_is_the_same_document(bureau, rated):
    alone = document(bureau, bureau.siti, f"/evaluations/{rated[0]['id']}")
    batch = ask(bureau)["job_id"]
    bureau.service.run_jobs()
    code = code_of(alone)
    (same,) = [content for name, content in files_in(bureau, batch).items() if code[:8].lower() in name]
    assert same == alone.data
    assert verify(bureau, code).json["standing"] == "VALID"


def test_a_job_that_is_killed_in_a_step_goes_on_and_makes_nothing_twice(bureau, rated, monkeypatch):
    batch = ask(bureau)["job_id"]
    make_some(bureau, batch)
    made, original = [], make_many.paper_file

    def dying(*given):
        made.append(given)
        if len(made) == 2:
            raise SystemExit
        return original(*given)

    monkeypatch.setattr(make_many, "paper_file", dying)
    with pytest.raises(SystemExit):
        bureau.service.run_jobs()
    assert (show(bureau, batch)["done"], len(stored(bureau, "SELECT id FROM document"))) == (2, 2)
    monkeypatch.setattr(make_many, "paper_file", original)
    with bureau.service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE job SET not_before = now() WHERE id = :id"), {"id": batch})
    bureau.service.run_jobs()
    assert (show(bureau, batch)["state"], len(files_in(bureau, batch))) == ("DONE", 5)
    assert len(stored(bureau, "SELECT id FROM document")) == 5
    assert len(stored(bureau, "SELECT id FROM document_batch_file")) == 5


def test_an_evaluation_whose_document_fails_is_listed_with_its_reason_and_the_others_go_on(bureau, rated, monkeypatch):
    failing, original = (
        {rated[1]["id"]: PaperTooLong(length=500_000, most=400_000), rated[3]["id"]: KeyError("x")},
        None,
    )
    original = make_many.draft_of

    def draft_of(tx, evaluation):
        if str(evaluation.id) in failing:
            raise failing[str(evaluation.id)]
        return original(tx, evaluation)

    monkeypatch.setattr(make_many, "draft_of", draft_of)
    batch = ask(bureau)["job_id"]
    bureau.service.run_jobs()
    shown = show(bureau, batch)
    assert (shown["state"], shown["done"], shown["failed"], shown["parts"][0]["files"]) == ("DONE", 5, 2, 3)
    issues = bureau.get(bureau.hr, f"/jobs/{batch}/issues")["items"]
    assert {(one["row"], one["value"], one["code"]) for one in issues} == {
        (2, rated[1]["id"], "document_too_long"),
        (4, rated[3]["id"], "document_not_made"),
    }
    assert "500000 karakter" in issues[0]["expected"]


def test_who_was_not_asked_about_is_never_printed_as_unknown(bureau, rated):
    """The bureau's chief corrects one evaluation while the job waits: nobody has asked by what the paper names HR."""
    batch = ask(bureau)["job_id"]
    bureau.correct(rated[0]["id"], "ABOVE", "ABOVE")
    bureau.service.run_jobs()
    (issue,) = bureau.get(bureau.hr, f"/jobs/{batch}/issues")["items"]
    assert (issue["code"], issue["value"]) == ("names_changed_meanwhile", rated[0]["id"])
    assert show(bureau, batch)["failed"] == 1


def test_parts_are_bounded_and_hold_each_file_once(bureau, rated, monkeypatch):
    batch = ask(bureau)["job_id"]
    monkeypatch.setattr(document_batch, "LARGEST_PART", 1)
    bureau.service.run_jobs()
    numbers = [part["number"] for part in show(bureau, batch)["parts"]]
    assert numbers == [1, 2, 3, 4, 5]
    names = [name for number in numbers for name in files_in(bureau, batch, number)]
    assert [name[:5] for name in names] == ["00001", "00002", "00003", "00004", "00005"]
    bureau.call(bureau.hr, "GET", f"{BATCHES}/{batch}/parts/6", 404)


def test_only_who_asked_downloads_and_only_hr_sees_it(bureau, rated):
    batch = ask(bureau)["job_id"]
    path = f"{BATCHES}/{batch}/parts/1"
    assert bureau.call(bureau.hr, "GET", path, 409).json["code"] == "document_batch_not_ready"
    bureau.service.run_jobs()
    refused = bureau.call(bureau.second_hr, "GET", path, 403).json
    assert refused["code"] == "document_batch_of_another"
    assert show(bureau, batch, bureau.second_hr)["state"] == "DONE"
    for who in (bureau.siti, bureau.head, bureau.chief, bureau.inspector):
        bureau.get(who, f"{BATCHES}/{batch}", 403)
        bureau.call(who, "GET", path, 403)
        ask(bureau, 403, who)


def test_a_batch_is_cancelled_and_its_files_are_gone_at_once(bureau, rated):
    batch = ask(bureau)["job_id"]
    make_some(bureau, batch)
    assert len(stored(bureau, "SELECT id FROM document_batch_file")) == 2
    cancelled = bureau.post(bureau.second_hr, f"{BATCHES}/{batch}/cancel", status=200)
    assert (cancelled["state"], cancelled["done"], cancelled["parts"]) == ("CANCELLED", 2, [])
    assert stored(bureau, "SELECT id FROM document_batch_file") == []
    again = bureau.post(bureau.hr, f"{BATCHES}/{batch}/cancel", status=200)
    assert again["version"] == cancelled["version"]
    bureau.service.run_jobs()
    assert show(bureau, batch)["done"] == 2
    assert bureau.get(bureau.hr, f"/jobs/{batch}")["status"] == "DONE"
    assert bureau.call(bureau.hr, "GET", f"{BATCHES}/{batch}/parts/1", 409).json["code"] == "document_batch_not_ready"


def test_one_batch_runs_at_a_time_and_a_finished_one_is_not_cancelled(bureau, rated):
    batch = ask(bureau)["job_id"]
    refused = ask(bureau, 409, bureau.second_hr)
    assert refused["code"] == "document_batch_running"
    assert refused["errors"][0]["value"] == batch
    bureau.service.run_jobs()
    refused = bureau.post(bureau.hr, f"{BATCHES}/{batch}/cancel", status=409)
    assert (refused["code"], "sudah selesai" in refused["detail"]) == ("document_batch_ended", True)
    assert ask(bureau)["job_id"] != batch


def test_the_same_request_twice_is_one_batch(bureau, rated):
    key = {"headers": {"Idempotency-Key": "berkas-1"}}
    body = {"year": 2026, "quarter": 1}
    made = [bureau.post(bureau.hr, BATCHES, body, 202, **key)["job_id"] for _ in range(2)]
    assert made[0] == made[1]
    assert len(stored(bureau, "SELECT id FROM document_batch")) == 1


def test_a_unit_is_taken_with_all_below_it_and_only_what_is_issued(bureau, rated):
    other = new_id()
    bureau.add_unit(other, bureau.root, None)
    (elsewhere,) = bureau.hire(1, other)
    bureau.turn(2026, 3, 1, 3)
    bureau.active_plan(elsewhere)
    bureau.active_plan(bureau.head, bureau.chief)
    bureau.turn(2026, 4, 6, 4)
    bureau.rate(1, who=elsewhere)
    for unit, expected in ((bureau.unit, 5), (bureau.bureau_unit, 5), (other, 1), (bureau.root, 6), (None, 6)):
        batch = ask(bureau, unit_id=unit and str(unit))["job_id"]
        assert show(bureau, batch)["total"] == expected, unit
        bureau.post(bureau.hr, f"{BATCHES}/{batch}/cancel", status=200)
    bureau.service.run_jobs()
    assert ask(bureau, 404, unit_id=str(new_id()))["code"] == "not_found"


def test_annual_and_periodic_evaluations_of_a_year_are_asked_for_by_kind(bureau, rated):
    bureau.rate_fourth_quarter(None, bureau.siti)
    bureau.turn(2027, 1, 12, 2)
    bureau.issue()
    for kinds, total in ((None, 1), (["PERIODIC_EVALUATION"], 6), (["ANNUAL_EVALUATION", "PERIODIC_EVALUATION"], 7)):
        body = {"year": 2026} | ({} if kinds is None else {"kinds": kinds})
        batch = bureau.post(bureau.hr, BATCHES, body, 202)["job_id"]
        assert show(bureau, batch)["total"] == total, kinds
        bureau.post(bureau.hr, f"{BATCHES}/{batch}/cancel", status=200)
    bureau.service.run_jobs()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kinds": ["PLAN"]}, "kinds"),
        ({"kinds": ["ANNUAL_EVALUATION"]}, "kinds.0"),
        ({"formats": []}, "formats"),
        ({"formats": ["docx"]}, "formats"),
        ({"month": 1}, "month"),
        ({"year": 1900}, "year"),
    ],
)
def test_a_selection_that_makes_no_sense_is_refused_by_its_field(bureau, names, body, field):
    assert ask(bureau, 422, **body)["errors"][0]["field"].startswith(field)


def test_nothing_issued_is_nothing_to_print_and_without_names_nothing_begins(bureau, names):
    assert ask(bureau, 409)["code"] == "nothing_to_print"
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, finish=False)
    assert ask(bureau, 409)["code"] == "nothing_to_print", "a proposal has no document"
    names.away = True
    (colleague,) = bureau.hire(1)
    bureau.turn(2026, 3, 1, 3)
    bureau.active_plan(colleague)
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, who=colleague)
    assert ask(bureau, 503)["code"] == "appraisal_names_unavailable"
    assert stored(bureau, "SELECT id FROM document_batch") == []


def test_more_than_a_batch_may_have_is_refused_with_a_way_out(bureau, rated, monkeypatch):
    monkeypatch.setattr(document_batch, "MOST_EVALUATIONS", 4)
    refused = ask(bureau, 409)
    assert (refused["code"], "unit_id" in refused["detail"]) == ("too_many_to_print", True)


def test_files_are_removed_after_their_days_and_the_batch_stays_on_record(bureau, rated):
    batch = ask(bureau)["job_id"]
    bureau.service.run_jobs()
    until = show(bureau, batch)["available_until"]
    assert until.startswith("2026-04-13T03:00:0")
    purge = RetentionPurge(bureau.service.work.database.engine, kept_files(7))
    purge.apply_all(threading.Event())
    assert len(stored(bureau, "SELECT id FROM document_batch_file")) == 5, "they are of today"
    bureau.turn(2026, 4, 13, 3, 1)
    assert (show(bureau, batch)["state"], show(bureau, batch)["parts"]) == ("EXPIRED", [])
    refused = bureau.call(bureau.hr, "GET", f"{BATCHES}/{batch}/parts/1", 409).json
    assert "sudah dihapus" in refused["detail"]
    (rule,) = kept_files(-1)
    assert rule.period == timedelta(days=-1)
    RetentionPurge(bureau.service.work.database.engine, [rule]).apply_all(threading.Event())
    assert stored(bureau, "SELECT id FROM document_batch_file") == []
    assert len(stored(bureau, "SELECT id FROM document_batch")) == 1


def test_another_agency_sees_nothing_of_it(bureau, rated, service: ServiceUnderTest):
    batch = ask(bureau)["job_id"]
    foreign = Principal(new_id(), "lain", frozenset({"hr_officer"}), new_id())
    service.deliver(
        "AgencyChanged", {"agency_id": "lain", "name": "Lain", "time_zone": "Asia/Jakarta", "version": 1},
        producer="personnel", agency="lain", subject="lain",
    )  # fmt: skip
    client = service.client(foreign)
    for method, path in (("GET", ""), ("GET", "/parts/1"), ("POST", "/cancel")):
        answer = client.request(method, f"/api/v1/appraisal{BATCHES}/{batch}{path}")
        assert answer.status_code == 404, (method, path)


def test_each_document_made_and_each_part_downloaded_leaves_an_audit_row(bureau, rated):
    batch = ask(bureau)["job_id"]
    bureau.service.run_jobs()
    files_in(bureau, batch)
    query = text(
        "SELECT action, count(*) AS count FROM audit WHERE agency_id = :agency AND actor = :actor GROUP BY action"
    )
    with bureau.service.work.database.engine.connect() as connection:
        rows = connection.execute(query, {"agency": bureau.agency, "actor": str(bureau.hr.account_id)})
        counted = dict(rows.all())
    assert (counted["documents_asked"], counted["document_read"], counted["documents_downloaded"]) == (1, 5, 1)
