"""Files as an agency's Suar writes them, made by hand: one in which every part of the format is used, and parts of it."""

import copy
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from appraisal.domain.canonical import digest_of
from appraisal.domain.rules import Rule, RuleKind
from suar_auditor.verify import national_reference

Json = Any
Path = tuple[str | int, ...]
NOTE, IDEA = "Waktu layanan 9 hari, target 5 hari", "Gagasan antrean daring mempercepat layanan"
WORDS_OF_RIGHTS = (
    "Keberatan dapat diajukan dalam 14 hari kalender sejak diterima (hari terima = hari 0, hari terakhir penuh sampai "
    "pukul 23.59.59 {zone}). Batas waktu Anda: {until}. Putusan atasan pejabat penilai bersifat final."
)


def uuid(number: int) -> str:
    return str(UUID(int=number))


SITI, HEAD, CHIEF, HR, PLAN, EVALUATION, OBJECTION, OUTAGE, RESULT, ORDER = map(uuid, range(1, 11))


def national(kind: RuleKind, number: int = -1) -> Rule:
    return [one for one in national_reference().rules if one.kind is kind][number]


def source(rule: Rule) -> Json:
    day = rule.effective_from.isoformat()
    named = {"rule_version": rule.rule_version, "effective_from": day}
    return {**named, "legal_source": rule.legal_source, "verified": rule.verified}


def in_file(rule: Rule) -> Json:
    return {**source(rule), "kind": rule.kind.value, "value": copy.deepcopy(rule.value)}


MATRIX, OBJECTIONS = national(RuleKind.PREDICATE_MATRIX), national(RuleKind.OBJECTION)
DEEMING = national(RuleKind.OBJECTION, 0)


def levels(work_result: str, behaviour: str) -> Json:
    predicate = MATRIX.value[work_result][behaviour]
    return {"work_result": work_result, "behaviour": behaviour, "predicate": predicate}


def rated(work_result: str, behaviour: str) -> Json:
    is_best = work_result == behaviour == "ABOVE"
    notes = {
        "work_result_note": NOTE if work_result == "BELOW" else IDEA if is_best else "",
        "behaviour_note": NOTE if behaviour == "BELOW" else "",
    }
    return {**levels(work_result, behaviour), **notes}


def revision(number: int, *found: str, by: str = HEAD, capacity: str = "APPRAISER", at: str, **fields: Json) -> Json:
    named = {"revision": number, "decided_by": by, "capacity": capacity, "reason": "", "order_reference": ""}
    return {**rated(*found), **named, "rule_version": MATRIX.rule_version, "plan_version": 1, "at": at, **fields}


def considered(quarter: int, *found: str) -> Json:
    named = {"evaluation_id": uuid(100 + quarter), "revision": 1, "quarter": quarter, "month": None}
    return {**named, **levels(*found)}


def basis(of: Json, inputs: Json, segments: Json) -> Json:
    names = ["work_result", "behaviour", "work_result_note", "behaviour_note", "predicate"]
    names += ["capacity", "reason", "order_reference"]
    entry = {"work_result_id": RESULT, "day": "2026-03-02", "recorded_at": "2026-03-02T03:00:00Z"}
    content = {
        "format": 1,
        "evaluation_id": EVALUATION,
        "revision": of["revision"],
        "rated_at": of["at"],
        "plan": {"id": PLAN, "version": of["plan_version"], "sha256": "0" * 64},
        "rating": {name: of[name] for name in names},
        "rule": {**source(MATRIX), "rule_version": of["rule_version"], "matrix": copy.deepcopy(MATRIX.value)},
        "period": {
            "year": 2026,
            "quarter": None,
            "month": None,
            **inputs["period"],
            "first_day_in_service": "2026-01-01",
            "last_day_in_service": "2026-12-31",
        },
        "correction_order_id": ORDER if of["order_reference"] else None,
        "dialogue_ids": [uuid(90)],
        "items": [],
        "objections": [
            {
                "id": OBJECTION,
                "revision": 1,
                "stated_at": "2027-01-22T03:00:00Z",
                "statement_sha256": "1" * 64,
                "examinations": [],
            }
        ],
        "plans_of_the_year": inputs["plans_of_the_year"],
        "feedback": inputs["feedback"],
        "periodic_evaluations": inputs["periodic_evaluations"],
        "segment_ratings": segments,
        "progress": [
            {**entry, "id": uuid(200), "quantity": "5.5", "has_evidence": True},
            {**entry, "id": uuid(201), "quantity": "2", "has_evidence": False},
        ],
    }
    content = copy.deepcopy(content)  # fmt: skip
    return {"revision": of["revision"], "sha256": digest_of(content), "content": content, "intact": True}


def inputs_of(latest: Json, zone: str) -> Json:
    rating = {name: latest[name] for name in ("work_result", "behaviour", "work_result_note", "behaviour_note")}
    plan = {"plan_id": PLAN, "unit_id": uuid(50), "state": "CLOSED", "first_day": None, "last_day": None}
    return {
        **rating,
        "plan_id": PLAN,
        "plan_version": 1,
        "period": {"first_day": "2026-01-01", "last_day": "2026-12-31", "time_zone": zone},
        "plans_of_the_year": [{**plan, "active_version": 1}],
        "realisation": [{"work_result_id": RESULT, "entries": 2, "quantity": "7.5", "evidence_links": 1}],
        "feedback": [{"id": uuid(60), "giver_role": "PEER", "work_result_id": None, "behaviour_value": "KO",
                      "text": "Cepat belajar", "evidence_link": None, "given_at": "2026-04-03T03:00:00Z",
                      "answer": None}],
        "periodic_evaluations": [considered(3, "BELOW", "MEETS"), considered(4, "MEETS", "ABOVE")],
    }  # fmt: skip


def segment() -> Json:
    days = {"year": 2026, "quarter": None, "month": None, "first_day": "2026-01-01", "last_day": "2026-05-14"}
    named = {"id": uuid(70), "plan_id": uuid(71), "plan_version": 1, "employee_id": SITI, "unit_id": uuid(50)}
    by = {"appraiser_id": uuid(72), "rated_by": uuid(72), "capacity": "APPRAISER", "order_reference": ""}
    return {**named, **days, **by, **rated("MEETS", "ABOVE"), "rated_at": "2026-05-20T03:00:00Z"}


def rights(**fields: Json) -> Json:
    """Received on 12 January in Jakarta; an outage of three days moved both deadlines."""
    moved = {"cause": "OUTAGE", "outage_id": OUTAGE, "order_reference": "", "set_at": "2027-01-26T10:00:00Z"}
    return {
        "text": WORDS_OF_RIGHTS.format(zone="WIB", until="29 Januari 2027 pukul 23.59 WIB"),
        "can_request_dialogue": True,
        "can_object": False,
        "must_confirm_receipt": False,
        "issued_at": "2027-01-12T03:00:00Z",
        "received_at": "2027-01-12T04:00:00Z",
        "receipt": "CONFIRMED",
        "objection_until": "2027-01-29T16:59:59Z",
        "objection_id": OBJECTION,
        "decide_by": "2027-02-06T16:59:59Z",
        "outcome": "CHANGED",
        "rule": source(OBJECTIONS),
        "filed_at": "2027-01-20T04:00:00Z",
        "moved": [
            {**moved, "deadline": "ANSWER", "due_before": "2027-01-26T16:59:59Z", "due_after": "2027-01-29T16:59:59Z"},
            {**moved, "deadline": "DECISION", "due_before": "2027-02-03T16:59:59Z",
             "due_after": "2027-02-06T16:59:59Z"},
        ],
        **fields,
    }  # fmt: skip


def an_order(number: int, **fields: Json) -> Json:
    """Chief proposed it, HR approved it on 1 March: it gave this revision."""
    named = {"order_id": ORDER, "revision": number, "lowers": False, "order_reference": "SK-1/2027"}
    proposed = {"proposed_by": CHIEF, "proposed_capacity": "REVIEWER", "proposed_at": "2027-02-27T03:00:00Z"}
    approved = {"approved_by": HR, "approved_capacity": "HR", "approved_at": "2027-03-01T03:00:00Z"}
    return {**named, **proposed, **approved, **fields}


def explained(history: list[Json], rights_: Json, zone: str = "Asia/Jakarta", **fields: Json) -> Json:
    """An annual explanation with this history."""
    latest, segments = history[-1], [segment()]
    inputs = inputs_of(latest, zone)
    return {
        "evaluation_id": EVALUATION, "kind": "ANNUAL", "year": 2026, "quarter": None, "month": None,
        "state": "FINAL", "is_final": True, "predicate": latest["predicate"], "inputs": inputs,
        "matrix_cell": levels(latest["work_result"], latest["behaviour"]),
        "rule": {**source(MATRIX), "text": "Predikat dicari dalam matriks.", "matrix": copy.deepcopy(MATRIX.value)},
        "decided_by": {"employee_id": latest["decided_by"], "capacity": latest["capacity"], "at": latest["at"]},
        "finished": {"employee_id": HEAD, "capacity": "APPRAISER", "order_reference": ""},
        "history": history,
        "reroutings": [{"at": "2027-01-14T03:00:00Z", "appraiser_id": HEAD, "reviewer_id": CHIEF}],
        "segment_ratings": segments,
        "rights": rights_,
        "orders": [],
        "frozen": True,
        "bases": [basis(one, inputs, segments) for one in history],
        **fields,
    }  # fmt: skip


def sealed(explanation: Json, zone: str = "Asia/Jakarta", **fields: Json) -> Json:
    """Make a file of an explanation, with its hash."""
    file = {
        "format": "suar-explanation/1",
        "agency": "kementerian-contoh",
        "time_zone": zone,
        "exported_at": "2027-03-02T03:00:00Z",
        "explanation": explanation,
        "rules": [in_file(MATRIX), in_file(DEEMING), in_file(OBJECTIONS)],
        **fields,
    }
    return seal(file)


def seal(file: Json) -> Json:
    """Return the file with the hash that a forger, too, can make."""
    content = {name: value for name, value in file.items() if name != "sha256"}
    return {**content, "sha256": digest_of(content)}


def a_year() -> Json:
    """Weak by the appraiser, changed by the decision on an objection, corrected upwards by an order of two officers."""
    history = [
        revision(1, "BELOW", "MEETS", at="2027-01-12T03:00:00Z"),
        revision(2, "MEETS", "MEETS", by=CHIEF, capacity="REVIEWER", at="2027-01-29T03:00:00Z", reason="Bukti diterima"),
        revision(3, "ABOVE", "ABOVE", by=HR, capacity="HR", at="2027-03-01T03:00:00Z", reason="Data keliru",
                 order_reference="SK-1/2027"),
    ]  # fmt: skip
    return sealed(explained(history, rights(), orders=[an_order(3)]))


def a_lowered_year() -> Json:
    """A final result that two officers have lowered: issued anew, received, and the window runs."""
    history = [
        revision(1, "MEETS", "MEETS", at="2027-01-12T03:00:00Z"),
        revision(2, "MEETS", "BELOW", by=HR, capacity="HR", at="2027-03-01T03:00:00Z", reason="Putusan disiplin",
                 order_reference="SK-1/2027"),
    ]  # fmt: skip
    anew = rights(
        text=WORDS_OF_RIGHTS.format(zone="WIB", until="15 Maret 2027 pukul 23.59 WIB"), can_object=True,
        issued_at="2027-03-01T03:00:00Z", received_at="2027-03-01T05:00:00Z", objection_until="2027-03-15T16:59:59Z",
        objection_id=None, filed_at=None, decide_by=None, outcome=None, moved=[],
    )  # fmt: skip
    return sealed(explained(history, anew, state="ISSUED", is_final=False, orders=[an_order(2, lowers=True)]))


def a_quarter(*found: str, zone: str = "Asia/Jakarta") -> Json:
    """A final periodic evaluation."""
    history = [revision(1, *(found or ("MEETS", "MEETS")), at="2026-07-06T03:00:00Z")]
    own = {"text": "Evaluasi periodik dapat dibicarakan.", "can_request_dialogue": True, "can_object": False}
    explanation = explained(history, own, zone, kind="PERIODIC", quarter=2, segment_ratings=[])
    period = {"first_day": "2026-04-01", "last_day": "2026-06-30", "time_zone": zone}
    explanation["inputs"] |= {"periodic_evaluations": [], "period": period}
    explanation |= {"frozen": False, "bases": []}
    return sealed(explanation, zone, rules=[in_file(MATRIX)])


def leaves(value: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Yield each single value with where it stands."""
    if isinstance(value, dict | list) and value:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def changed(file: Json, path: Path, value: Json) -> Json:
    """Return a copy with one value changed; its hash is still that of before."""
    found = copy.deepcopy(file)
    place = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return found
