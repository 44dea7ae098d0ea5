"""Explain a predicate: what went in, the matrix cell, the rule and its source, the history, rights and deadlines."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import require_evaluation_reader
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.periods import local_date, period_bounds
from appraisal.domain.rules import Rule, RuleKind
from appraisal.domain.values import EvaluationKind, EvaluationState
from appraisal.persistence.evaluations import load_evaluation, versions_of
from appraisal.persistence.objections import objection_of
from appraisal.persistence.people import rows
from appraisal.persistence.rules import AgencySetting, load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork

_REALISATION = text(
    "SELECT work_result_id, count(*) AS entries, sum(quantity) AS quantity, count(evidence_link) AS evidence_links "
    "FROM progress WHERE employee_id = :employee AND day BETWEEN :first AND :last AND recorded_at <= :until "
    "GROUP BY work_result_id ORDER BY work_result_id"
)
_FEEDBACK = text(
    "SELECT id, giver_role, work_result_id, behaviour_value, text, evidence_link, given_at, answer FROM feedback "
    "WHERE employee_id = :employee AND given_at <= :until AND given_at >= :since ORDER BY id LIMIT 200"
)
_PERIODIC = text(
    "SELECT id AS evaluation_id, quarter, work_result, behaviour, predicate FROM evaluation "
    "WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY quarter"
)
_PLANS = text(
    "SELECT id AS plan_id, unit_id, state, active_version FROM plan WHERE employee_id = :employee AND year = :year "
    "AND active_version IS NOT NULL ORDER BY id"
)
_MATRIX_RULE = (
    "Predikat dicari dalam matriks: baris penilaian hasil kerja, kolom penilaian perilaku kerja. "
    "Bukan nilai berbobot dan bukan rata-rata."
)
_ANNUAL_RULE = (
    "Penilaian tahunan mempertimbangkan evaluasi periodik, bukan rata-ratanya; pejabat penilai yang menetapkan."
)


def explain_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        stored = load_evaluation(tx, evaluation_id)
        require_evaluation_reader(actor, stored)
        evaluation, setting = stored.evaluation, load_setting(tx)
        versions = versions_of(tx, evaluation_id)
        newest = versions[-1]
        audit.record(tx, actor, "evaluation_explained", "evaluation", evaluation_id)
        return {
            "evaluation_id": evaluation_id,
            "kind": evaluation.kind,
            "year": evaluation.year,
            "quarter": evaluation.quarter,
            "state": evaluation.state,
            "is_final": evaluation.state is EvaluationState.FINAL,
            "predicate": evaluation.judgement.predicate,
            "inputs": _inputs(tx, setting, evaluation, versions),
            "matrix_cell": {
                "work_result": newest["work_result"],
                "behaviour": newest["behaviour"],
                "predicate": newest["predicate"],
            },
            "rule": _rule_view(setting, evaluation, newest["rule_version"]),
            "decided_by": {"employee_id": newest["decided_by"], "capacity": newest["capacity"], "at": newest["at"]},
            "history": [_version_view(v) for v in versions],
            "rights": _rights(tx, setting, evaluation),
        }


def _inputs(
    tx: Transaction, setting: AgencySetting, evaluation: Evaluation, versions: list[dict[str, Any]]
) -> dict[str, Any]:
    first, last = period_bounds(evaluation.year, evaluation.quarter)
    until = versions[-1]["at"]
    considered = [i for v in versions for i in v["considered"]]
    who = {"employee": evaluation.employee_id, "until": until}
    return {
        "work_result": evaluation.judgement.work_result,
        "behaviour": evaluation.judgement.behaviour,
        "work_result_note": evaluation.judgement.work_result_note,
        "behaviour_note": evaluation.judgement.behaviour_note,
        "plan_id": evaluation.plan_id,
        "plan_version": evaluation.plan_version,
        "plans_of_the_year": rows(tx, _PLANS, employee=evaluation.employee_id, year=evaluation.year),
        "realisation": rows(tx, _REALISATION, **who, first=first, last=last),
        "feedback": rows(tx, _FEEDBACK, **who, since=first),
        "periodic_evaluations": rows(tx, _PERIODIC, ids=considered) if considered else [],
        "period": {"first_day": first, "last_day": last, "time_zone": setting.time_zone},
    }


def _rule_view(setting: AgencySetting, evaluation: Evaluation, used: str) -> dict[str, Any]:
    _, last = period_bounds(evaluation.year, evaluation.quarter)
    in_force = setting.rules.on(RuleKind.PREDICATE_MATRIX, last)
    named = [r for r in setting.rules.rules if r.kind is RuleKind.PREDICATE_MATRIX and r.rule_version == used]
    rule = named[-1] if named else in_force
    text_of_rule = _MATRIX_RULE
    if evaluation.kind is EvaluationKind.ANNUAL:
        text_of_rule = f"{_MATRIX_RULE} {_ANNUAL_RULE}"
    return {**_source(rule), "text": text_of_rule, "matrix": rule.value}


def _source(rule: Rule) -> dict[str, Any]:
    return {
        "rule_version": rule.rule_version,
        "effective_from": rule.effective_from,
        "legal_source": rule.legal_source,
        "verified": rule.verified,
    }


def _version_view(version: dict[str, Any]) -> dict[str, Any]:
    hidden = {"agency_id", "evaluation_id", "considered"}
    return {k: v for k, v in version.items() if k not in hidden}


def _rights(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> dict[str, Any]:
    if evaluation.kind is EvaluationKind.PERIODIC:
        text_of_rights = (
            "Evaluasi periodik dapat dibicarakan lewat permintaan dialog; koreksi diputus atasan pejabat penilai. "
            "Keberatan tersedia untuk evaluasi tahunan."
        )
        return {"text": text_of_rights, "can_request_dialogue": True, "can_object": False}
    day = setting.today if evaluation.received_at is None else local_date(evaluation.received_at, setting.time_zone)
    rule, days = setting.rules.on(RuleKind.OBJECTION, day), setting.rules.objection(day)
    objection = objection_of(tx, evaluation.id)
    waiting = evaluation.state is EvaluationState.ISSUED
    until = evaluation.objection_until
    return {
        "text": (
            f"Keberatan dapat diajukan dalam {days.objection_days} hari kalender sejak diterima (hari terima = hari 0, "
            "hari terakhir penuh sampai 23.59.59). Putusan atasan pejabat penilai bersifat final."
        ),
        "can_request_dialogue": True,
        "can_object": bool(waiting and until is not None and tx.now <= until),
        "must_confirm_receipt": waiting and until is None,
        "issued_at": evaluation.issued_at,
        "received_at": evaluation.received_at,
        "receipt": evaluation.receipt,
        "objection_until": until,
        "objection_id": objection.id if objection else None,
        "decide_by": objection.decide_by if objection else None,
        "outcome": objection.outcome if objection else None,
        "rule": _source(rule),
    }
