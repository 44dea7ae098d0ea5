"""What is sent as a plan, read into the domain and held against the superior's plan."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from appraisal.domain.plan import Annex, Content, Indicator, WorkResult, content_problems
from appraisal.domain.values import Aspect, BehaviourValue, Perspective, PlanModel, ResultKind
from appraisal.persistence.plans import results_of
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction


def content_of(body: Mapping[str, Any], known_results: frozenset[UUID] = frozenset()) -> Content:
    """Read a checked body; a result keeps the id it had in this plan, and a new one gets a new id."""
    annex = body["annex"]
    return Content(
        model=PlanModel(body["model"]),
        results=tuple(_result(r, known_results) for r in body["work_results"]),
        expectations=tuple((BehaviourValue(e["value"]), e["expectation"]) for e in body["behaviour_expectations"]),
        annex=Annex(tuple(annex["support"]), tuple(annex["accountability"]), tuple(annex["consequences"])),
    )


def check_content(
    tx: Transaction, content: Content, *, year: int, appraiser_id: UUID | None, high_leader: bool
) -> None:
    """Raise InvalidInput with every contradiction, also with results that the superior's plan does not hold."""
    faults = list(content_problems(content, high_leader=high_leader))
    if content.parents() and not high_leader:
        faults += _unknown_parents(tx, content, year, appraiser_id)
    if faults:
        raise InvalidInput(errors=faults)


def superior_result_ids(tx: Transaction, appraiser_id: UUID | None, year: int) -> set[str]:
    return set() if appraiser_id is None else {r["id"] for r in results_of(tx, appraiser_id, year)}


def _unknown_parents(tx: Transaction, content: Content, year: int, appraiser_id: UUID | None) -> Iterator[FieldError]:
    known = superior_result_ids(tx, appraiser_id, year)
    expected = "hasil kerja dari SKP atasan tahun yang sama; kosongkan bila SKP atasan belum ada, lalu tautkan kemudian"
    for index, result in enumerate(content.results):
        parent = result.parent_work_result_id
        if parent is not None and str(parent) not in known:
            where = f"work_results.{index}.parent_work_result_id"
            yield FieldError(where, "not_in_superiors_plan", str(parent), expected)


def _result(body: Mapping[str, Any], known: frozenset[UUID]) -> WorkResult:
    given = body.get("id")
    return WorkResult(
        id=given if given is not None and given in known else new_id(),
        kind=ResultKind(body["kind"]),
        title=body["title"],
        parent_work_result_id=body["parent_work_result_id"],
        perspective=Perspective(body["perspective"]) if body["perspective"] else None,
        indicators=tuple(
            Indicator(
                text=i["text"],
                aspect=Aspect(i["aspect"]) if i["aspect"] else None,
                target_text=i["target_text"],
                target_number=i["target_number"],
                unit=i["unit"],
            )
            for i in body["indicators"]
        ),
    )
