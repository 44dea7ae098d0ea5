"""Record final predicates from before this system, or monthly ones it does not appraise; they never book credit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.period import Period
from incentive.domain.values import PeriodKind, Predicate
from incentive.persistence.eligibility import look_again
from incentive.persistence.marks import mark_months
from incentive.persistence.people import known_among, today_of
from incentive.persistence.policies import months_going_by, published_policies
from incentive.persistence.predicates import Evaluation, FinalPredicate, add_history, final_predicates
from incentive.use_cases.access import need_others

MOST_PARTS = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 0}


@dataclass(frozen=True)
class PastPredicate:
    employee_id: UUID
    period: Period
    predicate: Predicate


def record_predicates(work: UnitOfWork, actor: Principal, items: Sequence[PastPredicate]) -> dict[str, int]:
    """Store all or none; gives how many were new."""
    need_others(actor, [item.employee_id for item in items])
    with work.transaction(actor.agency_id) as tx:
        known = known_among(tx, [item.employee_id for item in items])
        year = today_of(tx).year
        faults = []
        for place, item in enumerate(items):
            where = f"items.{place}"
            if item.employee_id not in known:
                words = "pegawai instansi ini"
                faults.append(FieldError(f"{where}.employee_id", "employee_unknown", str(item.employee_id), words))
            if item.period.year > year:
                faults.append(FieldError(f"{where}.year", "year_in_future", item.period.year, f"paling akhir {year}"))
            if not min(1, MOST_PARTS[item.period.kind]) <= item.period.part <= MOST_PARTS[item.period.kind]:
                words = "1-12 untuk MONTH, 1-4 untuk QUARTER, 0 untuk YEAR"
                faults.append(FieldError(f"{where}.part", "part_wrong", item.period.part, words))
        if faults:
            raise InvalidInput(errors=faults)
        changed = put_predicates(tx, items)
        for employee_id in sorted(known):
            audit.record(tx, actor, "record_predicates", "employee", employee_id)
        return {"received": len(items), "changed": changed}


def put_predicates(tx: Transaction, items: Sequence[PastPredicate]) -> int:
    """Store what differs from what is known as a newer version; what appraisal has told takes precedence anyway."""
    policies = published_policies(tx)
    changed: set[UUID] = set()
    fresh: list[Evaluation] = []
    for period, group in groupby(sorted(items, key=lambda one: one.period), key=lambda one: one.period):
        told = {item.employee_id: item.predicate for item in group}
        known = final_predicates(tx, sorted(told), period)
        new = [
            _version(one, period, told[one], known.get(one))
            for one in sorted(told)
            if _differs(told[one], known.get(one))
        ]
        fresh += new
        ids = [one.employee_id for one in new]
        changed |= set(ids)
        mark_months(tx, ids, months_going_by(policies, period), "predicate")
    add_history(tx, fresh)
    if changed:
        look_again(tx, *sorted(changed))
    return len(fresh)


def _differs(told: Predicate, known: FinalPredicate | None) -> bool:
    return known is None or (known.source != "APPRAISAL" and known.predicate is not told)


def _version(employee_id: UUID, period: Period, told: Predicate, known: FinalPredicate | None) -> Evaluation:
    evaluation_id, version = (known.evaluation_id, known.version + 1) if known else (new_id(), 1)
    return Evaluation(employee_id, period, evaluation_id, version, told)
