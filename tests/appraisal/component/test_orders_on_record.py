"""By which order HR rates or finishes: kept, explained, printed, audited, and known to whoever checks the file."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.appraisal.builders import a_rating
from tests.appraisal.component.deadlines import database
from tests.appraisal.component.exported import agreed
from tests.appraisal.component.papers import document, text_of
from tests.appraisal.component.reviews import BEST, end, let_extremes_be_reviewed
from tests.appraisal.component.test_segments import close_out, move

ORDER = "SK-12/2026"


def by_hr(bureau, status=201, **fields):
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=1)
    return bureau.post(bureau.hr, "/evaluations/periodic", {**body, **fields}, status)


def audited(bureau, object_id, action):
    """Return the orders that the rows of this action about an object name."""
    query = text("SELECT detail FROM audit WHERE object_id = :id AND action = :action ORDER BY position")
    with database(bureau) as tx:
        return [row["order_reference"] for (row,) in tx.session.execute(query, {"id": object_id, "action": action})]


@pytest.fixture
def proposal(bureau, names):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    return bureau.rate(1, finish=False)


def test_an_unchanged_proposal_that_hr_finishes_by_an_order_has_it_on_record(bureau, proposal):
    done = by_hr(bureau, order_reference=ORDER)
    assert (done["state"], done["revision"], done["rated_capacity"]) == ("FINAL", 1, "APPRAISER")
    assert (done["finished_capacity"], done["finished_order"]) == ("HR", ORDER)
    path = f"/evaluations/{proposal['id']}"
    assert bureau.get(bureau.siti, path)["finished_order"] == ORDER
    finished = {"employee_id": str(bureau.hr.employee_id), "capacity": "HR", "order_reference": ORDER}
    explanation = bureau.get(bureau.siti, f"{path}/explanation")
    assert explanation["finished"] == finished
    assert [one["order_reference"] for one in explanation["history"]] == [""]
    assert audited(bureau, proposal["id"], "evaluation_final") == [ORDER]
    printed = text_of(document(bureau, bureau.siti, path))
    assert f"selaku pengelola kepegawaian dengan surat keputusan) berdasarkan {ORDER}." in printed


def test_whoever_checks_the_file_finds_the_order_by_which_it_was_finished(bureau, proposal):
    by_hr(bureau, order_reference=ORDER)
    assert agreed(bureau, proposal["id"])["finished"].stated.endswith(f"perintah {ORDER}")


def test_what_its_appraiser_finishes_names_no_order(bureau, proposal):
    path = f"/evaluations/{proposal['id']}"
    done = bureau.post(bureau.head, f"{path}/finish", status=200)
    assert (done["finished_capacity"], done["finished_order"]) == ("APPRAISER", "")
    assert "Penyelesaian penilaian" not in text_of(document(bureau, bureau.siti, path))


def test_a_first_rating_by_an_order_is_printed_with_it_and_audited(bureau, names):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    proposed = by_hr(bureau, finish=False, order_reference="SK-1/2026")
    assert audited(bureau, proposed["id"], "evaluation_proposed") == ["SK-1/2026"]
    done = by_hr(bureau, order_reference=ORDER)
    assert done["id"] == proposed["id"]
    printed = text_of(document(bureau, bureau.siti, f"/evaluations/{done['id']}"))
    assert "SK-1/2026" in printed
    assert ORDER in printed
    agreed(bureau, done["id"])


def test_the_order_of_what_a_reviewer_returned_stays_with_the_review(bureau):
    let_extremes_be_reviewed(bureau)
    proposal = bureau.rate(1, *BEST, finish=False)
    handed_in = by_hr(bureau, **a_rating(*BEST), order_reference=ORDER)
    assert (handed_in["state"], handed_in["finished_order"]) == ("IN_REVIEW", ORDER)
    assert audited(bureau, proposal["id"], "evaluation_in_review") == [ORDER]
    assert end(bureau, proposal, "return")["finished_order"] is None
    done = end(bureau, by_hr(bureau, **a_rating(*BEST), order_reference="SK-13/2026", reason="Diperintahkan"))
    assert done["finished_order"] == "SK-13/2026"
    reviews = bureau.get(bureau.siti, f"/evaluations/{proposal['id']}/explanation")["reviews"]
    assert [(one["asked_capacity"], one["asked_order"]) for one in reviews] == [("HR", ORDER), ("HR", "SK-13/2026")]


def test_days_until_a_move_that_hr_rates_by_an_order_are_printed_and_audited_with_it(bureau, names):
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    move(bureau, date(2026, 5, 15), bureau.chief)
    rated = close_out(bureau, bureau.hr, 201, order_reference=ORDER)
    assert audited(bureau, rated["id"], "segment_rated") == [ORDER]
    bureau.turn(2026, 7, 6, 3)
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=2)
    done = bureau.post(bureau.chief, "/evaluations/periodic", body, 201)
    assert ORDER in text_of(document(bureau, bureau.siti, f"/evaluations/{done['id']}"))
    agreed(bureau, done["id"])


def test_corrections_are_audited_with_their_order(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    order = bureau.propose_correction(bureau.rate(1)["id"], "ABOVE", "MEETS")
    bureau.end_correction(order)
    for action in ("correction_proposed", "correction_approved"):
        assert audited(bureau, order["id"], action) == ["SK-1/2026"]
