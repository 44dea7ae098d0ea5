"""A year with ten objections: of each, the decision's paper, the explanation and its offline check agree at every stage."""

import io
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pypdf
import pytest

from appraisal.clients import PersonnelNames
from appraisal.domain.paper_people import PaperName
from appraisal.domain.paper_words import OUTCOMES, PREDICATES
from tests.appraisal.builders import a_rating, a_result
from tests.appraisal.component.exported import agreed, exported

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
# There is no way to take an objection back, so the tenth is decided without the appraiser's statement.
TEAM = ("kept", "raised", "lowered", "unanswered", "escalated", "last_second", "too_late", "deemed", "reopened")
KEPT = {"outcome": "KEPT", "reasons": "Sudah diperiksa"}
RAISED = {**a_rating(), "outcome": "CHANGED", "reasons": "Bukti diterima"}
LOWERED = {**a_rating("BELOW"), "outcome": "CHANGED", "reasons": "Bukti menunjukkan sebaliknya"}
# name: predicate when the objection is over, outcome, how the year ended, number of revisions
ENDS = {
    "kept": ("NEEDS_IMPROVEMENT", "KEPT", "DECIDED", 1),
    "raised": ("GOOD", "CHANGED", "DECIDED", 2),
    "lowered": ("NEEDS_IMPROVEMENT", "CHANGED", "DECIDED", 2),
    "unanswered": ("NEEDS_IMPROVEMENT", "KEPT", "DECIDED", 1),
    "escalated": ("NEEDS_IMPROVEMENT", "KEPT", "DECIDED", 1),
    "last_second": ("GOOD", "CHANGED", "DECIDED", 2),
    "too_late": ("NEEDS_IMPROVEMENT", None, "WINDOW_EXPIRED", 1),
    "deemed": ("GOOD", "CHANGED", "DECIDED", 2),
    "reopened": ("NEEDS_IMPROVEMENT", "KEPT", "DECIDED", 2),
    "top_official": ("GOOD", "CHANGED", "DECIDED", 2),
}


class Year:
    """The bureau's year in a zone: whose evaluation and objection is which, and what is done when, in local time."""

    def __init__(self, bureau, zone):
        self.bureau, self.zone = bureau, ZoneInfo(zone)
        agency = {"agency_id": bureau.agency, "name": "Kementerian Contoh", "time_zone": zone}
        bureau.deliver("AgencyChanged", bureau.agency, 2, **agency)
        bureau.let_receipts_be_deemed()
        self.people = {**dict(zip(TEAM, bureau.hire(len(TEAM)), strict=True)), "top_official": bureau.chief}
        self.officers = [bureau.person("hr_officer") for _ in range(2)]
        for one in self.officers:
            bureau.place(one, bureau.root, "PELAKSANA", bureau.top)
        self.governor = bureau.person("external_official")
        office = {"official_id": self.governor.employee_id, "office": "Gubernur", "first_day": date(2025, 2, 20)}
        bureau.deliver("ExternalOfficialChanged", self.governor.employee_id, **office, last_day=None)
        self.evaluations, self.objections = {}, {}

    def local(self, *parts):
        return datetime(*parts, tzinfo=self.zone).astimezone(UTC)

    def at(self, *parts):
        """Let it be this moment of 2027 where the agency is, and run what is due."""
        self.bureau.service.clock.freeze(self.local(2027, *parts))
        self.bureau.service.run_timers()

    def issue(self):
        bureau, team = self.bureau, [self.people[name] for name in TEAM]
        for one in team:
            bureau.active_plan(one)
        results = [{**a_result(title=title), "perspective": "BUDGET"} for title in ("Anggaran", "Layanan")]
        bureau.active_plan(bureau.chief, by=bureau.top, work_results=results)
        bureau.rate_fourth_quarter(bureau.head, *team)
        bureau.rate_fourth_quarter(bureau.top, bureau.chief)
        self.at(1, 12, 10)
        for name, one in self.people.items():
            levels = () if name in {"lowered", "reopened"} else ("BELOW",)
            by = bureau.top if name == "top_official" else bureau.head
            self.evaluations[name] = bureau.issue(*levels, who=one, by=by)["id"]

    def act(self, name, step, body=None, status=200):
        return self.bureau.post(self.people[name], f"/evaluations/{self.evaluations[name]}/{step}", body, status)

    def object(self, name, status=201):
        found = self.act(name, "objection", {"reasons": "Bukti baru"}, status)
        if status == 201:
            self.objections[name] = found["id"]
        return found

    def answer(self, *names):
        for name in names:
            by = self.bureau.top if name == "top_official" else self.bureau.head
            self.bureau.answer(self.objections[name], by)

    def designate(self, name, official):
        body = {"decider_id": str(official.employee_id), "reason": "Ditunjuk"}
        self.bureau.put(self.officers[0], f"/objections/{self.objections[name]}/decider", body)

    def decide(self, name, decision, by=None):
        path = f"/objections/{self.objections[name]}/decision"
        self.bureau.post(by or self.bureau.chief, path, decision, 200)
        return self.agree(name)

    def examine(self, name):
        """Call an examination on 18 January for the 22nd, and record it."""
        path, person = f"/objections/{self.objections[name]}/examinations", str(self.people[name].employee_id)
        self.at(1, 18, 9)
        body = {"starts_at": self.local(2027, 1, 22, 9).isoformat(), "invited": [person], "place": "Ruang rapat"}
        called = self.bureau.post(self.bureau.chief, path, body, 201)
        self.at(1, 22, 11)
        minutes = {"present": [person], "minutes": "Pegawai menjelaskan keterlambatan layanan."}
        self.bureau.post(self.bureau.chief, f"{path}/{called['id']}/minutes", minutes, 200)

    def correct(self, name, *rating):
        """Correct by the two officers, whom the matter does not concern."""
        order = self.bureau.propose_correction(self.evaluations[name], *rating, by=self.officers[0])
        self.bureau.end_correction(order, by=self.officers[1])

    def agree(self, name):
        return agreed(self.bureau, self.evaluations[name], self.people[name])

    def explanation(self, name):
        return exported(self.bureau, self.evaluations[name], self.people[name]).json["explanation"]

    def paper(self, name):
        path = f"/objections/{self.objections[name]}/document"
        return self.bureau.call(self.people[name], "GET", path, 200).data


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """What personnel answers: everybody has a name."""
    known = PaperName("Pegawai", "Analis", "Subbagian", "199004172019032005", "JF")
    monkeypatch.setattr(PersonnelNames, "of", lambda _client, people: dict.fromkeys(people, known))


def play(year):
    """Ten objections, each its own way, across an outage of two days on 25 and 26 January."""
    year.issue()
    year.at(1, 12, 11)
    for name in (*TEAM, "top_official"):
        if name != "deemed":
            year.act(name, "receive")
        year.agree(name)
    year.at(1, 13, 9)
    year.act("reopened", "accept")
    year.at(1, 15, 10)
    for name in ("kept", "raised", "lowered", "unanswered", "escalated", "top_official"):
        year.object(name)
        year.agree(name)
    year.designate("top_official", year.governor)
    year.answer("kept", "raised", "lowered", "top_official")
    year.examine("lowered")
    year.at(1, 23, 9)
    year.decide("kept", KEPT)
    year.decide("raised", RAISED)
    year.decide("lowered", LOWERED)
    year.decide("unanswered", KEPT)
    year.decide("top_official", RAISED, year.governor)
    outage_of_two_days(year)
    after_the_outage(year)


def outage_of_two_days(year):
    year.at(1, 26, 20)
    starts, ends = (year.local(2027, 1, *parts).isoformat() for parts in ((25, 8), (26, 18)))
    body = {"from": starts, "to": ends, "reason": "Gangguan pusat data"}
    year.bureau.post(year.bureau.hr, "/outages", body, 201)
    for name in ("escalated", "last_second", "too_late", "deemed"):
        assert "dipindahkan oleh gangguan sistem" in year.agree(name)["deadline"].right, name


def after_the_outage(year):
    zone = ZONES[str(year.zone)]
    year.at(1, 28, 23, 59, 59)
    year.object("last_second")
    assert year.agree("last_second")["filed_in_time"].stated == f"28 Januari 2027 pukul 23.59.59 {zone}"
    year.at(1, 29)
    assert year.object("too_late", 409)["code"] == "objection_too_late"
    year.at(1, 30, 9)
    year.answer("last_second")
    year.at(2, 1, 0, 0, 2)
    escalated = [one["data"]["objection_id"] for one in year.bureau.events("ObjectionEscalated")]
    assert escalated == [year.objections["escalated"]]
    year.at(2, 4, 23, 59, 59)
    year.object("deemed")
    assert year.agree("deemed")["receipt"].stated == "dianggap terima"
    year.at(2, 5, 9)
    year.decide("escalated", KEPT)
    year.decide("last_second", RAISED)
    year.answer("deemed")
    year.decide("deemed", RAISED)
    year.at(3, 1, 9)
    year.correct("reopened", "BELOW")
    year.act("reopened", "receive")
    year.agree("reopened")
    year.at(3, 3, 9)
    year.object("reopened")
    year.answer("reopened")
    year.decide("reopened", KEPT)


def text_of(paper):
    pages = pypdf.PdfReader(io.BytesIO(paper)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def require_one_result(year, name):
    """Evaluation, explanation, its file and the paper of the decision have one predicate, outcome and end."""
    predicate, outcome, end, revisions = ENDS[name]
    person, bureau = year.people[name], year.bureau
    shown, explained = bureau.get(person, f"/evaluations/{year.evaluations[name]}"), year.explanation(name)
    assert (shown["predicate"], shown["completed_by"], shown["revision"]) == (predicate, end, revisions), name
    rights, history = explained["rights"], explained["history"]
    assert (explained["predicate"], rights["outcome"], len(history)) == (predicate, outcome, revisions), name
    checks = year.agree(name)
    assert checks["predicate_shown"].stated == f"{PREDICATES[predicate]} ({predicate})"
    assert checks["outcome"].stated.startswith(outcome or "tidak ada")
    if outcome is None:
        return None
    paper = year.paper(name)
    text = text_of(paper)
    assert f"Diputus: {OUTCOMES[outcome].lower()}" in text, name
    assert PREDICATES[history[-1]["predicate"]] in text, name
    return paper


@pytest.mark.parametrize("zone", ZONES)
def test_ten_objections_end_alike_on_paper_in_the_explanation_and_offline(bureau, zone):
    year = Year(bureau, zone)
    play(year)
    papers = {name: require_one_result(year, name) for name in ENDS}
    year.at(3, 20, 9)
    for name, (_, outcome, _, revisions) in ENDS.items():
        year.correct(name, "ABOVE", "ABOVE")
        explained, checks = year.explanation(name), year.agree(name)
        assert explained["predicate"] == "VERY_GOOD"
        assert [one["revision"] for one in explained["history"]] == [*range(1, revisions + 2)]
        assert explained["rights"]["outcome"] == outcome
        assert checks["two_officers"].subject == f"Koreksi revisi {revisions + 1}"
        if outcome is not None:
            assert year.paper(name) == papers[name], "a correction makes no decision another one"
