"""Policy versions and class amounts that hold in a month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from incentive.domain.errors import NoPolicyForMonth
from incentive.domain.months import month_text
from incentive.domain.period import Period, months_fed_by
from incentive.domain.policy import TukinRules, rules_from

_FOR_MONTH = text(
    "SELECT id, number, name, rules, legal_source, valid_from, valid_to FROM tukin_policy WHERE agency_id = :agency "
    "AND state = 'PUBLISHED' AND valid_from <= :month AND (valid_to IS NULL OR valid_to >= :month) "
    "ORDER BY valid_from DESC, number DESC LIMIT 1"
)
_BY_ID = text(
    "SELECT id, number, name, rules, legal_source, valid_from, valid_to FROM tukin_policy "
    "WHERE agency_id = :agency AND id = :id"
)
_PUBLISHED = text(
    "SELECT id, number, name, rules, legal_source, valid_from, valid_to FROM tukin_policy "
    "WHERE agency_id = :agency AND state = 'PUBLISHED'"
)
_AMOUNTS = text(
    "SELECT DISTINCT ON (job_class) job_class, effective_from, revision, amount, legal_source, "
    "verified FROM class_amount "
    "WHERE agency_id = :agency AND effective_from <= :day ORDER BY job_class, effective_from DESC, revision DESC"
)


@dataclass(frozen=True)
class PolicyVersion:
    id: UUID
    number: int
    name: str
    rules: TukinRules
    legal_source: str
    valid_from: date
    valid_to: date | None

    def covers(self, month: date) -> bool:
        return self.valid_from <= month and (self.valid_to is None or self.valid_to >= month)


@dataclass(frozen=True)
class Amount:
    job_class: int
    effective_from: date
    revision: int
    amount: int
    legal_source: str
    verified: str


def policy_for(tx: Transaction, month: date) -> PolicyVersion:
    """The published version that holds in a month, the latest to begin first; raises NoPolicyForMonth."""
    row = tx.session.execute(_FOR_MONTH, {"agency": tx.agency_id, "month": month}).first()
    if row is None:
        raise NoPolicyForMonth(month=month_text(month))
    return _version(row)


def policy_version(tx: Transaction, policy_id: UUID) -> PolicyVersion:
    return _version(tx.session.execute(_BY_ID, {"agency": tx.agency_id, "id": policy_id}).one())


def published_policies(tx: Transaction) -> list[PolicyVersion]:
    return [_version(row) for row in tx.session.execute(_PUBLISHED, {"agency": tx.agency_id})]


def months_going_by(policies: Iterable[PolicyVersion], period: Period) -> list[date]:
    """The months whose allowance goes by this period's predicate under the published policies."""
    found = set()
    for policy in policies:
        rules = policy.rules
        if rules.predicate_source.kind is period.kind and rules.month_measure is None:
            found |= {month for month in months_fed_by(period, rules.lag) if policy.covers(month)}
    return sorted(found)


def known_codes(policies: Sequence[PolicyVersion]) -> frozenset[str]:
    """The attendance codes that some published policy prices."""
    return frozenset[str]().union(*(policy.rules.codes for policy in policies))


def amounts_on(tx: Transaction, day: date) -> dict[int, Amount]:
    rows = tx.session.execute(_AMOUNTS, {"agency": tx.agency_id, "day": day})
    return {row.job_class: Amount(**row._mapping) for row in rows}  # noqa: SLF001 - SQLAlchemy's documented name


def _version(row: Any) -> PolicyVersion:
    return PolicyVersion(
        row.id, row.number, row.name, rules_from(row.rules), row.legal_source, row.valid_from, row.valid_to
    )
