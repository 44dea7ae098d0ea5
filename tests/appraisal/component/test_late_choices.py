"""The register and the windows where nobody has opened the year by a job, or has chosen other periods meanwhile."""

from datetime import date

from tests.appraisal.component.deadlines import at, deadlines, outage
from tests.appraisal.component.test_obligations import one


def test_unrated_days_are_handed_on_to_hr_also_where_nobody_has_opened_the_year(bureau):
    bureau.turn(2026, 2, 2, 3)
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=bureau.top.employee_id)
    bureau.service.run_timers()
    owed = one(bureau, bureau.hr, year=2026, kind="SEGMENT_RATING")
    assert (owed["owed_by"], owed["due_at"]) == (str(bureau.head.employee_id), "2026-05-28T16:59:59Z")
    at(bureau, "2026-05-27 17:00:05")
    assert one(bureau, bureau.hr, year=2026, kind="SEGMENT_RATING")["owed_by"] == str(bureau.head.employee_id)
    at(bureau, "2026-05-28 17:00:05")
    assert one(bureau, bureau.hr, year=2026, kind="SEGMENT_RATING")["owed_by"] is None


def closes_on(periods):
    return {one["month"] or f"Q{one['quarter']}": one["closes_on"] for one in periods}


def test_the_months_of_a_year_that_had_quarters_are_extended_by_the_outages_of_before(bureau):
    bureau.turn(2026, 2, 13, 3)
    bureau.post(bureau.hr, "/cycles", {"year": 2026, "periodic": "QUARTER"}, 200)
    recorded = outage(bureau, "2026-02-10T00:00:00+07:00", "2026-02-12T18:00:00+07:00")
    made = bureau.post(bureau.hr, "/cycles", {"year": 2026, "periodic": "MONTH"}, 200)
    bureau.service.run_jobs()
    shown = bureau.get(bureau.hr, "/periods?year=2026")["items"]
    assert (closes_on(shown)[1], closes_on(shown)[2]) == ("2026-03-05", "2026-03-30")
    assert closes_on(made["periods"]) == closes_on(shown)
    due = {row.due_at.date() for row in deadlines(bureau, "PERIODIC_EVALUATION") if row.subject == "2026-M01"}
    assert due == {date(2026, 3, 5)}
    bureau.post(bureau.hr, f"/outages/{recorded['id']}/withdraw", {"reason": "Salah catat"}, 200)
    assert closes_on(bureau.get(bureau.hr, "/periods?year=2026")["items"])[1] == "2026-03-02"
