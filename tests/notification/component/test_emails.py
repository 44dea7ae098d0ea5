"""E-mail through a real SMTP conversation: accepted, refused, away, hanging."""

import socket
import threading
from uuid import UUID

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from sqlalchemy import text

from chassis.ids import new_id
from notification.clients.smtp import ServerAway, SmtpServer
from notification.use_cases.emails.deliver import PostOffice, deliver_emails
from tests.notification.builders import contact, issued, objection, plan_activated
from tests.notification.component.mails import HEAD, Sink, start

EMAILS = "/api/v1/notification/emails"


@pytest.fixture(autouse=True)
def _empty_queue(service):
    """Other tests leave mail behind, some for the next morning; each of these looks at its own."""
    with service.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM email_queue"))
        connection.execute(text("DELETE FROM timer WHERE kind = 'email_digest'"))


@pytest.fixture
def states(service, person):
    operator = person("operator")
    return lambda: [
        (item["state"], item["attempts"], item["code"], item["reason"])
        for item in service.client(operator).get(EMAILS).json["items"]
    ]


def wait_over(service):
    with service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE email_queue SET due_at = clock_timestamp()"))


def test_a_message_is_mailed_with_a_sentence_and_a_link(service, sink, office, siti, consume, states):
    data = issued(siti.employee_id)
    consume("appraisal", "AppraisalIssued", data)
    assert deliver_emails(service.work, office) == 1
    [mail] = sink.mails
    assert mail["Subject"] == "Evaluasi kinerja tahun 2026 telah terbit"
    assert mail["To"] == "siti@contoh.go.id"
    assert mail["Auto-Submitted"] == "auto-generated"
    words = mail.get_content()
    assert "Yth. Siti Rahmania," in words
    assert f"https://suar.contoh.go.id/penilaian/{data['evaluation_id']}" in words
    assert "NEEDS_IMPROVEMENT" not in words
    assert states() == [("SENT", 1, 250, None)]
    assert deliver_emails(service.work, office) == 0


def test_a_mailbox_that_does_not_exist_is_given_up_at_once(service, sink, office, siti, consume, states):
    sink.rcpt = "550 5.1.1 <siti@contoh.go.id> user unknown"
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    deliver_emails(service.work, office)
    assert states() == [("FAILED", 1, 550, "5.1.1 (alamat) user unknown")], "and the address is not kept"
    wait_over(service)
    assert deliver_emails(service.work, office) == 0


def test_a_busy_server_is_asked_again_and_the_repeat_is_recognisable(service, sink, office, siti, consume, states):
    sink.data = "451 4.3.0 try again later"
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    deliver_emails(service.work, office)
    assert states() == [("QUEUED", 1, 451, "4.3.0 try again later")]
    assert deliver_emails(service.work, office) == 0, "not before its time"
    sink.data = None
    wait_over(service)
    assert deliver_emails(service.work, office) == 1
    assert states() == [("SENT", 2, 250, None)]
    assert sink.mails[0]["Message-ID"].endswith("@suar.go.id>")


def test_after_the_last_attempt_it_is_given_up_and_the_operator_can_send_it_again(
    service, person, sink, office, siti, consume, states
):
    sink.rcpt = "450 4.2.0 mailbox busy"
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    for _ in range(9):
        wait_over(service)
        deliver_emails(service.work, office)
    assert states() == [("FAILED", 9, 450, "4.2.0 mailbox busy")]
    sink.rcpt = None
    operator = service.client(person("operator"))
    [mail] = operator.get(EMAILS, query_string={"state": "FAILED"}).json["items"]
    assert operator.post(f"{EMAILS}/{mail['delivery_id']}/retry").json["state"] == "QUEUED"
    assert operator.post(f"{EMAILS}/{mail['delivery_id']}/retry").status_code == 409
    deliver_emails(service.work, office)
    assert len(sink.mails) == 1
    assert UUID(sink.mails[0]["Message-ID"].strip("<>").partition("@")[0]) == UUID(mail["delivery_id"])


def test_a_server_that_is_down_costs_no_attempt(service, siti, consume, states, sink, office):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    away = PostOffice(SmtpServer.parse(f"smtp://127.0.0.1:{port}"), HEAD, timeout=2)
    with pytest.raises(ServerAway):
        deliver_emails(service.work, away)
    assert states() == [("QUEUED", 0, None, None)]
    assert deliver_emails(service.work, office) == 1, "it is free for the next worker at once"


def test_a_server_that_hangs_does_not_hold_the_worker(service, siti, consume, states):
    """It accepts the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
        office = PostOffice(SmtpServer.parse(f"smtp://127.0.0.1:{silent.getsockname()[1]}"), HEAD, timeout=0.3)
        with pytest.raises(ServerAway):
            deliver_emails(service.work, office)
    assert states() == [("QUEUED", 0, None, None)]


def test_a_server_that_hangs_in_the_middle_gets_the_same_message_id_again(service, sink, siti, consume, states, office):
    sink.hang = 1.0
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    impatient = PostOffice(office.server, HEAD, timeout=0.3)
    with pytest.raises(ServerAway):
        deliver_emails(service.work, impatient)
    sink.hang = None
    assert deliver_emails(service.work, office) == 1
    assert len({mail["Message-ID"] for mail in sink.mails}) == 1
    assert states()[0][0] == "SENT"


def test_two_workers_share_the_queue_and_send_nothing_twice(service, sink, office, siti, consume):
    for year in range(2000, 2030):
        consume("appraisal", "PlanActivated", plan_activated(siti.employee_id, year))
    workers = [
        threading.Thread(target=lambda: [deliver_emails(service.work, office) for _ in range(3)]) for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(sink.mails) == 30
    assert len({mail["Message-ID"] for mail in sink.mails}) == 30


def test_a_worker_that_died_with_a_lease_is_replaced_when_it_runs_out(service, sink, office, siti, consume):
    from notification.persistence import emails

    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    assert len(emails.claim(service.work.database.engine, 10)) == 1
    assert deliver_emails(service.work, office) == 0
    with service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE email_queue SET lease_until = clock_timestamp() - interval '1 second'"))
    assert deliver_emails(service.work, office) == 1
    assert len(sink.mails) == 1


def test_what_waited_too_long_expires(service, siti, consume, states, office, sink):
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    with service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE email_queue SET give_up_at = clock_timestamp() - interval '1 second'"))
    deliver_emails(service.work, office)
    assert states() == [("EXPIRED", 0, None, "SERVER_AWAY")]
    assert sink.mails == []


def test_without_a_server_mail_is_skipped_and_says_so(service, siti, consume, states):
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    deliver_emails(service.work, PostOffice(None, HEAD))
    assert states() == [("SKIPPED", 0, None, "NO_SERVER")]


def test_an_address_that_comes_later_is_waited_for(service, person, consume, office, sink, states):
    late = person()
    consume("appraisal", "AppraisalIssued", issued(late.employee_id))
    deliver_emails(service.work, office)
    assert states() == [("QUEUED", 0, None, "CONTACT_UNKNOWN")]
    consume("personnel", "EmployeeContactChanged", contact(late.employee_id, email="baru@contoh.go.id"))
    wait_over(service)
    deliver_emails(service.work, office)
    assert sink.mails[0]["To"] == "baru@contoh.go.id"


def test_a_governor_who_is_the_appraiser_gets_mail_as_an_official_from_outside(service, person, consume, office, sink):
    siti, governor = person(), new_id()
    consume("personnel", "EmployeeContactChanged", contact(siti.employee_id))
    address = {"email": "gubernur@provinsi.example", "version": 1}
    consume("personnel", "OfficialContactChanged", {"official_id": str(governor), "name": "Ratna Wijaya", **address})
    consume("appraisal", "ObjectionFiled", objection(siti.employee_id, governor, new_id()))
    deliver_emails(service.work, office)
    (mail,) = (one for one in sink.mails if one["To"] == "gubernur@provinsi.example")
    assert "Yth. Ratna Wijaya," in mail.get_content()


@pytest.mark.parametrize(
    ("email", "state"),
    [(None, ("SKIPPED", 0, None, "NO_ADDRESS")), ("bukan alamat\nBcc: x@y.z", ("FAILED", 0, None, "ADDRESS_INVALID"))],
)
def test_no_or_a_broken_address_ends_it_without_a_call(service, person, consume, office, sink, states, email, state):
    who = person()
    consume("personnel", "EmployeeContactChanged", contact(who.employee_id, email=email))
    consume("appraisal", "AppraisalIssued", issued(who.employee_id))
    deliver_emails(service.work, office)
    assert states() == [state]
    assert sink.mails == []


def test_a_topic_without_mail_is_not_mailed(service, siti, consume, office, sink):
    service.client(siti).put("/api/v1/notification/preferences/PLAN", json={"inbox": True, "email": "OFF"})
    consume("appraisal", "PlanActivated", plan_activated(siti.employee_id))
    assert deliver_emails(service.work, office) == 0
    assert len(service.client(siti).get("/api/v1/notification/inbox").json["items"]) == 1


def test_a_daily_digest_is_one_mail_at_seven_in_the_agencys_morning(
    service, siti, consume, office, sink, states, agency, at
):
    consume(
        "personnel",
        "AgencyChanged",
        {"agency_id": agency, "name": "Pemda Papua", "time_zone": "Asia/Jayapura", "version": 1},
        subject=agency,
    )
    service.client(siti).put("/api/v1/notification/preferences/PLAN", json={"inbox": True, "email": "DAILY"})
    start = service.clock.now()
    try:
        service.clock.turn(at(2027, 3, 1, 2))
        for year in (2024, 2025, 2026):
            consume("appraisal", "PlanActivated", plan_activated(siti.employee_id, year), time=at(2027, 3, 1, 2))
        service.clock.turn(at(2027, 3, 1, 21, 50))
        service.run_timers()
        assert deliver_emails(service.work, office) == 0, "06:50 in Jayapura"
        service.clock.turn(at(2027, 3, 1, 22, 5))
        service.run_timers()
        assert deliver_emails(service.work, office) == 1
    finally:
        service.clock.turn(start)
    [mail] = sink.mails
    assert mail["Subject"] == "3 pemberitahuan: SKP tahun 2024 telah aktif, dan lainnya"
    assert all(f"tahun {year}" in mail.get_content() for year in (2024, 2025, 2026))
    assert "Pemda Papua" in mail.get_content()


def test_office_mail_goes_to_the_shared_address(service, person, consume, office, sink):
    officer = service.client(person("hr_officer"))
    assert (
        officer.put(
            "/api/v1/notification/office-mailboxes/hr_officer", json={"email": "kepegawaian@contoh.go.id"}
        ).status_code
        == 200
    )
    assert officer.put("/api/v1/notification/office-mailboxes/hr_officer", json={"email": "salah"}).status_code == 422
    assert officer.put("/api/v1/notification/office-mailboxes/bendahara", json={"email": "a@b.id"}).status_code == 404
    consume("appraisal", "FollowUpOpened", {
        "follow_up_id": str(new_id()), "employee_id": str(new_id()), "kind": "COUNSELLING", "evaluation_id": str(new_id()),
        "competency_codes": [],
    })  # fmt: skip
    deliver_emails(service.work, office)
    assert [mail["To"] for mail in sink.mails] == ["kepegawaian@contoh.go.id"]


def test_the_operator_sees_neither_addresses_nor_texts(service, person, siti, consume, office):
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    shown = service.client(person("operator")).get(EMAILS).text
    assert "siti" not in shown.lower()
    assert "Evaluasi" not in shown
    for roles in ((), ("hr_officer",), ("inspector",)):
        assert service.client(person(*roles)).get(EMAILS).status_code == 403


class TestEncryption:
    def test_starttls_and_a_password_are_used_where_offered(self, service, siti, consume, certificate):
        context, ca_file = certificate

        def check(_server, _session, _envelope, _mechanism, data):
            good = isinstance(data, LoginPassword) and data.password == b"ra/has:ia"
            return AuthResult(success=good)

        sink = Sink()
        controller = start(sink, tls_context=context, authenticator=check, auth_required=True)
        try:
            server = SmtpServer.parse(f"smtp://suar:ra%2Fhas%3Aia@127.0.0.1:{sink.port}?starttls=required")
            trusted = SmtpServer(**{**server.__dict__, "ca_file": ca_file})
            consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
            with pytest.raises(ServerAway, match="CERTIFICATE_VERIFY_FAILED"):
                deliver_emails(service.work, PostOffice(server, HEAD, timeout=5))
            assert deliver_emails(service.work, PostOffice(trusted, HEAD, timeout=5)) == 1
        finally:
            controller.stop()
        assert sink.envelopes == [(True, True, ["siti@contoh.go.id"])]
        assert "ra/has:ia" not in repr(server)

    def test_a_server_without_starttls_is_refused_when_it_is_required(self, service, siti, consume, sink):
        consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
        server = SmtpServer.parse(f"smtp://127.0.0.1:{sink.port}?starttls=required")
        with pytest.raises(ServerAway):
            deliver_emails(service.work, PostOffice(server, HEAD, timeout=5))
        assert sink.mails == []
