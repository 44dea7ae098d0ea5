"""Messages to people: made from events, once, for the right readers."""

from datetime import timedelta

import pytest

from chassis.ids import new_id
from tests.notification.builders import contact, issued, objection, plan_activated, timeline, unit

INBOX = "/api/v1/notification/inbox"


def titles(service, who):
    return [item["title"] for item in service.client(who).get(INBOX).json["items"]]


def test_an_objection_reaches_the_employee_both_superiors_and_the_hr_office(service, person, consume):
    siti, head, bureau, hr = person(), person(), person(), person("hr_officer")
    consume("personnel", "EmployeeContactChanged", contact(siti.employee_id))
    consume("appraisal", "ObjectionFiled", objection(siti.employee_id, head.employee_id, bureau.employee_id))

    assert titles(service, siti) == ["Keberatan Anda telah diterima"]
    assert titles(service, head) == ["Keberatan diajukan atas penilaian Anda"]
    assert titles(service, bureau) == ["Keberatan menunggu keputusan Anda"]
    assert titles(service, hr) == ["Keberatan baru diajukan"]
    message = service.client(bureau).get(INBOX).json["items"][0]
    assert "Siti Rahmania" in message["body"]
    assert "3 Februari 2027" in message["body"], "the deadline is told in the agency's time zone"
    assert message["link"].startswith("/keberatan/")
    assert message["event_kind"] == "appraisal.ObjectionFiled.v1"
    assert message["legal_source"].startswith("PP 30/2019")


def test_a_repeat_makes_no_second_message(service, person, consume):
    siti = person()
    data = issued(siti.employee_id)
    event_id = new_id()
    consume("appraisal", "AppraisalIssued", data, event_id=event_id)
    consume("appraisal", "AppraisalIssued", data, event_id=event_id)
    consume("appraisal", "AppraisalIssued", data, event_id=new_id())
    assert len(titles(service, siti)) == 1
    consume("appraisal", "AppraisalIssued", {**data, "version": 2})
    assert len(titles(service, siti)) == 2


def test_no_message_says_a_predicate(service, person, consume):
    siti = person()
    consume("appraisal", "AppraisalIssued", issued(siti.employee_id))
    text = str(service.client(siti).get(INBOX).json)
    assert "NEEDS_IMPROVEMENT" not in text
    assert "perbaikan" not in text.lower()


def test_a_claim_is_told_to_the_person_without_an_amount_and_to_hr_until_it_is_planned(service, person, consume):
    siti, hr = person(), person("hr_officer")
    claim = {"claim_id": str(new_id()), "employee_id": str(siti.employee_id)}
    for _ in range(2):
        consume("incentive", "ClaimOpened", {**claim, "run_id": str(new_id())})
    assert titles(service, siti) == ["Ada kelebihan bayar tunjangan kinerja"]
    assert titles(service, hr) == ["Kelebihan bayar menunggu rencana pengembalian"]
    consume("incentive", "ClaimPlanned", claim)
    consume("incentive", "ClaimPlanned", claim)
    consume("incentive", "ClaimRepaid", claim)
    messages = service.client(siti).get(INBOX).json["items"]
    assert [one["title"] for one in messages] == [
        "Kelebihan bayar telah lunas",
        "Rencana pengembalian kelebihan bayar ditetapkan",
        "Rencana pengembalian kelebihan bayar ditetapkan",
        "Ada kelebihan bayar tunjangan kinerja",
    ]
    assert {one["link"] for one in messages} == {f"/insentif/tagihan/{claim['claim_id']}"}
    assert titles(service, hr) == ["Kelebihan bayar menunggu rencana pengembalian"]


def test_a_message_waits_for_the_superior_it_is_meant_for(service, person, consume):
    siti, head = person(), person()
    decided = {
        "objection_id": str(new_id()),
        "evaluation_id": str(new_id()),
        "employee_id": str(siti.employee_id),
        "outcome": "CHANGED",
    }
    consume("appraisal", "ObjectionDecided", decided)
    assert titles(service, head) == []
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, head.employee_id))
    assert titles(service, head) == []
    consume("personnel", "EmployeeTimelineChanged", timeline(head.employee_id, None))
    assert titles(service, head) == ["Keberatan telah diputus"]
    assert titles(service, siti) == ["Keberatan Anda telah diputus"]


def test_an_older_timeline_that_arrives_late_changes_nothing(service, person, consume):
    siti, old, new = person(), person(), person()
    for one in (old, new):
        consume("personnel", "EmployeeTimelineChanged", timeline(one.employee_id, None))
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, new.employee_id, version=2), sequence=2)
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, old.employee_id), sequence=1)
    consume("training", "TrainingNeedRaised", {
        "need_id": str(new_id()), "employee_id": str(siti.employee_id), "competency_code": "process_analysis",
        "source": "EVALUATION",
    })  # fmt: skip
    assert titles(service, old) == []
    assert titles(service, new) == ["Kebutuhan pengembangan kompetensi bawahan"]


def test_the_appraiser_is_notified_of_coaching_and_not_of_counselling(service, person, consume):
    siti, head, hr = person(), person(), person("hr_officer")
    consume("personnel", "EmployeeTimelineChanged", timeline(head.employee_id, None))
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, head.employee_id))
    for kind in ("COUNSELLING", "COACHING"):
        consume("appraisal", "FollowUpOpened", {
            "follow_up_id": str(new_id()), "employee_id": str(siti.employee_id), "kind": kind,
            "evaluation_id": str(new_id()), "competency_codes": [],
        })  # fmt: skip
    assert titles(service, head) == ["Bimbingan kinerja perlu dijadwalkan"]
    assert titles(service, hr) == ["Tindak lanjut kinerja perlu ditugaskan"]
    assert len(set(titles(service, siti))) == 1, "the person's text does not tell which of the two it is"


def test_that_a_follow_up_ended_or_is_opened_again_is_told_once_each_and_never_of_which_kind(service, person, consume):
    siti, head = person(), person()
    consume("personnel", "EmployeeTimelineChanged", timeline(head.employee_id, None))
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, head.employee_id))
    opened, no_longer = "Tindak lanjut kinerja dibuka untuk Anda", "Tindak lanjut kinerja tidak diperlukan lagi"
    for kind in ("COACHING", "COUNSELLING"):
        named = {"employee_id": str(siti.employee_id), "kind": kind, "evaluation_id": str(new_id())}
        named["follow_up_id"] = str(new_id())
        before = titles(service, siti)
        for version, cause in ((1, ""), (2, "CORRECTED"), (3, ""), (4, "DONE"), (4, "CORRECTED")):
            name, event_id = "FollowUpClosed" if cause else "FollowUpOpened", new_id()
            for again in (event_id, event_id, new_id() if cause else event_id):
                data = {**named, "competency_codes": [], "version": version, "cause": cause}
                consume("appraisal", name, data, event_id=again)
        told = titles(service, siti)[: -len(before) or None]
        assert sorted(told) == sorted([opened, no_longer, opened, "Tindak lanjut kinerja Anda selesai", no_longer])
    assert titles(service, head).count("Bimbingan kinerja tidak diperlukan lagi") == 2


def test_an_event_about_a_unit_reaches_its_leader_whichever_comes_first(service, person, consume):
    leader, unit_id = person(), new_id()
    consume("appraisal", "OrgPredicateSet", {"unit_id": str(unit_id), "year": 2026, "predicate": "GOOD"})
    assert titles(service, leader) == []
    consume("personnel", "OrgUnitTimelineChanged", unit(unit_id, leader.employee_id))
    message = service.client(leader).get(INBOX).json["items"][0]
    assert "Biro SDM" in message["body"]


def test_a_survey_is_everybodys_and_each_reads_for_oneself(service, person, consume):
    one, other = person(), person()
    consume("wellbeing", "SurveyPublished", {"survey_id": str(new_id())})
    message = service.client(one).get(INBOX).json["items"][0]
    assert service.client(one).post(f"{INBOX}/{message['message_id']}/read").status_code == 200
    assert service.client(one).get(f"{INBOX}/unread").json == {"unread": 0, "by_topic": {}}
    assert service.client(other).get(f"{INBOX}/unread").json == {"unread": 1, "by_topic": {"WORKPLACE": 1}}


def test_the_inbox_pages_from_new_to_old_without_a_gap(service, person, consume):
    siti = person()
    for year in range(2020, 2027):
        consume("appraisal", "PlanActivated", plan_activated(siti.employee_id, year))
    client, found, cursor = service.client(siti), [], None
    while True:
        answer = client.get(INBOX, query_string={"limit": 3, **({"cursor": cursor} if cursor else {})}).json
        found += [item["title"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert found == [f"SKP tahun {year} telah aktif" for year in range(2026, 2019, -1)]


def test_reading_keeps_the_first_time_and_unread_goes_down(service, person, consume):
    siti = person()
    consume("appraisal", "PlanActivated", plan_activated(siti.employee_id))
    client = service.client(siti)
    message_id = client.get(INBOX).json["items"][0]["message_id"]
    assert client.get(f"{INBOX}/unread").json["unread"] == 1
    first = client.post(f"{INBOX}/{message_id}/read").json["read_at"]
    assert client.post(f"{INBOX}/{message_id}/read").json["read_at"] == first
    assert client.get(f"{INBOX}/unread").json["unread"] == 0
    assert client.get(INBOX, query_string={"unread": "true"}).json["items"] == []


def test_marking_all_stops_at_the_newest_message_that_was_seen(service, person, consume):
    siti = person()
    consume("appraisal", "PlanActivated", plan_activated(siti.employee_id, 2025))
    client = service.client(siti)
    seen = client.get(INBOX).json["items"][0]["message_id"]
    consume("appraisal", "PlanActivated", plan_activated(siti.employee_id, 2026))
    assert client.post(f"{INBOX}/read-all", json={"up_to": seen}).json == {"marked": 1}
    assert client.get(f"{INBOX}/unread").json["unread"] == 1
    assert client.post(f"{INBOX}/read-all", json={}).json == {"marked": 1}
    assert client.post(f"{INBOX}/read-all", json={}).json == {"marked": 0}


def test_nobody_reads_anothers_message(service, person, consume):
    siti, colleague, hr = person(), person(), person("hr_officer")
    outsider = person(agency_id="instansi-lain")
    consume("appraisal", "PlanActivated", plan_activated(siti.employee_id))
    message_id = service.client(siti).get(INBOX).json["items"][0]["message_id"]
    for who, status in ((colleague, 403), (hr, 403), (outsider, 404)):
        for answer in (
            service.client(who).get(f"{INBOX}/{message_id}"),
            service.client(who).post(f"{INBOX}/{message_id}/read"),
            service.client(who).post(f"{INBOX}/read-all", json={"up_to": message_id}),
        ):
            assert answer.status_code == status
            assert "SKP" not in answer.text
    assert service.client(siti).get(f"{INBOX}/unread").json["unread"] == 1


def test_the_office_mail_is_for_holders_of_the_office_only(service, person, consume):
    siti, hr, operator = person(), person("hr_officer"), person("operator")
    consume("appraisal", "ObjectionFiled", objection(siti.employee_id, new_id(), new_id()))
    assert titles(service, hr) == ["Keberatan baru diajukan"]
    assert titles(service, operator) == []
    assert service.client(person("subscriber")).get(INBOX).status_code == 403
    assert service.client().get(INBOX).status_code == 401


class TestPreferences:
    URL = "/api/v1/notification/preferences"

    def test_defaults_are_shown_with_what_the_law_demands(self, service, person):
        items = {item["topic"]: item for item in service.client(person()).get(self.URL).json["items"]}
        assert items["RESULT"]["mandatory"]
        assert items["RESULT"]["legal_source"]
        assert items["PLAN"] == {
            "topic": "PLAN", "label": "perencanaan kinerja (SKP)", "mandatory": False, "legal_source": "",
            "inbox": True, "email": "IMMEDIATE", "chosen": False,
        }  # fmt: skip

    def test_a_mandatory_topic_cannot_leave_the_inbox_but_its_mail_can(self, service, person):
        client = service.client(person())
        refused = client.put(f"{self.URL}/OBJECTION", json={"inbox": False, "email": "OFF"})
        assert refused.status_code == 422
        assert refused.json["code"] == "notice_topic_mandatory"
        assert "keberatan" in refused.json["detail"]
        assert client.put(f"{self.URL}/OBJECTION", json={"inbox": True, "email": "OFF"}).json["email"] == "OFF"

    def test_an_unwanted_topic_stays_away(self, service, person, consume):
        siti = person()
        assert service.client(siti).put(f"{self.URL}/PLAN", json={"inbox": False, "email": "OFF"}).status_code == 200
        consume("appraisal", "PlanActivated", plan_activated(siti.employee_id))
        assert titles(service, siti) == []

    @pytest.mark.parametrize(
        ("topic", "body", "status"),
        [
            ("PLAN", {"inbox": True}, 422),
            ("PLAN", {"inbox": True, "email": "NANTI"}, 422),
            ("LAIN", {"inbox": True, "email": "OFF"}, 404),
        ],
    )
    def test_what_is_no_choice_is_refused(self, service, person, topic, body, status):
        assert service.client(person()).put(f"{self.URL}/{topic}", json=body).status_code == status


def test_old_history_fills_the_inbox_and_sends_no_mail(service, person, consume, agency):
    siti = person()
    old = service.clock.now() - timedelta(days=90)
    consume("appraisal", "PlanActivated", plan_activated(siti.employee_id), time=old)
    assert len(titles(service, siti)) == 1
    assert service.client(person("operator")).get("/api/v1/notification/emails").json["items"] == []
