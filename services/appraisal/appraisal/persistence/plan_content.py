"""A plan's content between its stored JSON and the domain."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from appraisal.domain.plan import Annex, Content, Indicator, WorkResult
from appraisal.domain.values import Aspect, BehaviourValue, Perspective, PlanModel, ResultKind
from chassis.bus.envelope import to_json


def content_to_json(content: Content) -> dict[str, Any]:
    """What is stored, and what the API shows."""
    return {
        "model": content.model.value,
        "work_results": [_result_to_json(r) for r in content.results],
        "behaviour_expectations": [{"value": v.value, "expectation": t} for v, t in content.expectations],
        "annex": {
            "support": list(content.annex.support),
            "accountability": list(content.annex.accountability),
            "consequences": list(content.annex.consequences),
        },
    }


def content_from_json(raw: Mapping[str, Any]) -> Content:
    annex = raw["annex"]
    return Content(
        model=PlanModel(raw["model"]),
        results=tuple(_result_from_json(r) for r in raw["work_results"]),
        expectations=tuple((BehaviourValue(e["value"]), e["expectation"]) for e in raw["behaviour_expectations"]),
        annex=Annex(tuple(annex["support"]), tuple(annex["accountability"]), tuple(annex["consequences"])),
    )


def _result_to_json(result: WorkResult) -> dict[str, Any]:
    return {
        "id": str(result.id),
        "kind": result.kind.value,
        "title": result.title,
        "parent_work_result_id": to_json(result.parent_work_result_id),
        "perspective": to_json(result.perspective),
        "indicators": [
            {
                "text": i.text,
                "aspect": to_json(i.aspect),
                "target_text": i.target_text,
                "target_number": None if i.target_number is None else f"{i.target_number:f}",
                "unit": i.unit,
            }
            for i in result.indicators
        ],
    }


def _result_from_json(raw: Mapping[str, Any]) -> WorkResult:
    parent, perspective = raw["parent_work_result_id"], raw["perspective"]
    return WorkResult(
        id=UUID(raw["id"]),
        kind=ResultKind(raw["kind"]),
        title=raw["title"],
        parent_work_result_id=UUID(parent) if parent else None,
        perspective=Perspective(perspective) if perspective else None,
        indicators=tuple(
            Indicator(
                text=i["text"],
                aspect=Aspect(i["aspect"]) if i["aspect"] else None,
                target_text=i["target_text"],
                target_number=None if i["target_number"] is None else Decimal(i["target_number"]),
                unit=i["unit"],
            )
            for i in raw["indicators"]
        ),
    )
