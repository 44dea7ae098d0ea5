"""Who holds an office finds none of its messages that are about themselves; their colleagues do."""

import pytest
from sqlalchemy import text

from chassis.ids import new_id
from tests.notification.builders import contact, objection

INBOX = "/api/v1/notification/inbox"
UNTIL = "2026-04-13T16:59:59+00:00"


def review_asked(about):
    ids = {"review_id": str(new_id()), "evaluation_id": str(new_id()), "employee_id": str(about)}
    return "ReviewAsked", {**ids, "reviewer_id": None, "review_until": UNTIL}


def review_overdue(about):
    name, data = review_asked(about)
    return name.replace("Asked", "Overdue"), {**data, "reviewer_superior_id": None, "level": "HR"}


def correction_proposed(about):
    ids = {"order_id": str(new_id()), "evaluation_id": str(new_id()), "employee_id": str(about)}
    ids |= {"proposed_by": str(new_id()), "reviewer_id": None}
    return "CorrectionProposed", {**ids, "proposed_capacity": "REVIEWER"}


def found(service, who):
    return service.client(who).get(INBOX).json["items"]


@pytest.mark.parametrize("made", [review_asked, review_overdue, correction_proposed])
def test_an_officer_is_not_told_what_waits_for_their_office_about_themselves(service, person, agency, consume, made):
    officer, colleague = person("hr_officer"), person("hr_officer")
    consume("personnel", "EmployeeContactChanged", contact(officer.employee_id))
    name, data = made(officer.employee_id)
    consume("appraisal", name, data)
    (message,) = found(service, colleague)
    assert found(service, officer) == []
    asked = service.client(officer)
    assert asked.get(f"{INBOX}/unread").json["unread"] == 0
    assert asked.get(f"{INBOX}/{message['message_id']}").status_code == 403
    assert asked.post(f"{INBOX}/{message['message_id']}/read").status_code == 403
    assert asked.post(f"{INBOX}/read-all", json={}).json["marked"] == 0
    assert service.client(colleague).get(f"{INBOX}/unread").json["unread"] == 1
    with service.work.transaction(agency) as tx:
        mails = tx.session.scalar(text("SELECT count(*) FROM email_deliveries WHERE recipient = 'role:hr_officer'"))
    assert mails == 0, "the office's mailbox is read by the officer too"


def test_what_is_about_somebody_else_reaches_every_officer(service, person, consume):
    officer, colleague, siti = person("hr_officer"), person("hr_officer"), person()
    consume("personnel", "EmployeeContactChanged", contact(siti.employee_id))
    consume("appraisal", *review_asked(siti.employee_id))
    assert len(found(service, officer)) == len(found(service, colleague)) == 1
    assert found(service, siti) == []


def test_an_officer_who_objects_reads_their_own_message_and_not_that_of_the_office(service, person, consume):
    officer, head, chief = person("hr_officer"), person(), person()
    consume("personnel", "EmployeeContactChanged", contact(officer.employee_id))
    consume("appraisal", "ObjectionFiled", objection(officer.employee_id, head.employee_id, chief.employee_id))
    assert [one["audience"] for one in found(service, officer)] == ["EMPLOYEE"]
