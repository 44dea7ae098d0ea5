"""Objections as the API shows them."""

from typing import Any

from appraisal.persistence.objections import Objection


def objection_view(objection: Objection) -> dict[str, Any]:
    return {
        **vars(objection),
        "needs_decider": objection.decider_id is None and objection.outcome is None,
        "escalated": objection.escalated_at is not None,
    }
