"""HR who acts in the place of an official is no other person in what that official owes."""

from datetime import date

from tests.appraisal.component.test_obligations import first_quarter, opened


def test_who_stands_in_for_an_official_neither_excuses_nor_extends_what_that_official_owes(bureau):
    opened(bureau)
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    owed = first_quarter(bureau)
    assert owed["owed_by"] == str(bureau.head.employee_id)
    bureau.stand_in(bureau.hr, bureau.head, date(2026, 4, 1), date(2026, 4, 30))
    excuse = {"reason": "Beban kerja", "order_reference": "ND-9/2026"}
    later = {"due_on": "2026-05-10", "reason": "Beban kerja"}
    excused, extended = f"/obligations/{owed['id']}/excuse", f"/obligations/{owed['id']}/extensions"
    assert bureau.post(bureau.hr, excused, excuse, 403)["code"] == "own_affair"
    assert bureau.post(bureau.hr, extended, later, 403)["code"] == "own_affair"
    colleague = bureau.person("hr_officer")
    assert bureau.post(colleague, extended, later, 201)["due_at"] == "2026-05-10T16:59:59Z"
    assert bureau.post(colleague, excused, excuse, 200)["state"] == "EXCUSED"
    assert bureau.post(bureau.hr, f"/obligations/{owed['id']}/reinstate", status=403)["code"] == "own_affair"
    assert bureau.post(colleague, f"/obligations/{owed['id']}/reinstate", status=200)["state"] == "OPEN"
