"""Policy versions as they are read, and the rules of real regulations to start from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.policy import rules_from, rules_to
from incentive.persistence.models import TukinPolicy
from incentive.persistence.reference import shipped


@dataclass(frozen=True)
class PolicyDraft:
    """What an HR officer writes down; `rules` as JSON holds them, already of the right shape."""

    name: str
    valid_from: date
    valid_to: date | None
    rules: dict[str, Any]
    legal_source: str
    verified: str


@dataclass(frozen=True)
class PolicyView:
    id: UUID
    number: int
    name: str
    state: str
    valid_from: date
    valid_to: date | None
    rules: dict[str, Any]
    legal_source: str
    verified: str
    created_by: UUID
    created_at: datetime
    written_by: UUID
    published_by: UUID | None
    published_at: datetime | None
    version: int


def list_policies(work: UnitOfWork, actor: Principal, after: int, limit: int) -> list[PolicyView]:
    with work.transaction(actor.agency_id) as tx:
        rows = tx.session.scalars(
            select(TukinPolicy).where(TukinPolicy.number > after).order_by(TukinPolicy.number).limit(limit)
        )
        return [policy_view(row) for row in rows]


def show_policy(work: UnitOfWork, actor: Principal, policy_id: UUID) -> PolicyView:
    with work.transaction(actor.agency_id) as tx:
        return policy_view(require_policy(tx, policy_id))


def policy_templates() -> list[dict[str, Any]]:
    """Rules of real regulations as starting points, with how well each is verified."""
    return [{**item, "rules": rules_to(rules_from(item["rules"]))} for item in shipped("policies.json")]


def require_policy(tx: Transaction, policy_id: UUID, *, lock: bool = False) -> TukinPolicy:
    found = tx.session.get(TukinPolicy, policy_id, with_for_update=True if lock else None)
    if found is None:
        raise NotFound(object="kebijakan tukin", id=policy_id)
    return found


def policy_view(row: TukinPolicy) -> PolicyView:
    return PolicyView(**{name: getattr(row, name) for name in PolicyView.__dataclass_fields__})
