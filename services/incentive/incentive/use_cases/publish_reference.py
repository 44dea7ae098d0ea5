"""Add a further version of a table of legal numbers, and list the versions there are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from incentive.domain.career import eligibility_rules_from
from incentive.domain.credit import credit_rules_from
from incentive.domain.values import Predicate
from incentive.persistence.eligibility import mark_all
from incentive.persistence.reference import SHIPPED, ReferenceVersion, add_reference, references, shipped


@dataclass(frozen=True)
class PublishReference:
    kind: str
    valid_from: date
    data: dict[str, Any]
    legal_source: str
    verified: dict[str, Any]


def publish_reference(work: UnitOfWork, actor: Principal, command: PublishReference) -> ReferenceVersion:
    """Numbers hold from their day on; everybody is assessed anew by them."""
    _check(command)
    with work.transaction(actor.agency_id) as tx:
        added = add_reference(
            tx,
            command.kind,
            command.valid_from,
            command.data,
            command.legal_source,
            command.verified,
            actor.account_id,
        )
        mark_all(tx)
        audit.record(tx, actor, "publish_reference", "reference_set", added.id, kind=command.kind, number=added.number)
        return added


def list_references(work: UnitOfWork, actor: Principal, kind: str | None) -> list[ReferenceVersion]:
    with work.transaction(actor.agency_id) as tx:
        return references(tx, kind)


def _check(command: PublishReference) -> None:
    """Read the data as the rules will; whatever they could not read is refused with the shape of the shipped one."""
    try:
        match command.kind:
            case "CREDIT":
                rules = credit_rules_from(command.data)
                [rules.percent[predicate] for predicate in Predicate]
            case "ELIGIBILITY":
                eligibility_rules_from(shipped(SHIPPED["CREDIT"])["data"], command.data, "")
            case _:
                _check_awards(command.data)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        words = f"bentuk yang sama dengan versi bawaan {command.kind} (GET /reference); bermasalah pada {error!r}"
        raise InvalidInput(errors=[FieldError("data", "reference_unreadable", None, words[:300])]) from error


def _check_awards(data: dict[str, Any]) -> None:
    codes = [str(kind["code"]) for kind in data["kinds"]]
    if len(set(codes)) != len(codes):
        raise ValueError("code ganda")
    for kind in data["kinds"]:
        str(kind["label"])
        if kind.get("predicate_floor"):
            Predicate(kind["predicate_floor"])
        if kind.get("medal_years"):
            int(kind["medal_years"])
