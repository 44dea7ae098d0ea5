"""Turn the follow-up of a below-expectation evaluation into training needs, one per competency."""

from uuid import UUID

from chassis.unit_of_work import Transaction
from training.domain.competency import Levels
from training.domain.needs import NeedSource
from training.persistence import competencies, people
from training.persistence.reference import SYSTEM
from training.use_cases.raise_need import Cause, raise_need


def open_follow_up(
    tx: Transaction, *, follow_up_id: UUID, employee_id: UUID, evaluation_id: UUID, competency_codes: list[str]
) -> None:
    """The person's post or assessment may still be unknown: the levels are then filled in when they come."""
    profile = competencies.profile(tx, employee_id, people.today(tx))
    for code in dict.fromkeys(competency_codes):
        cause = Cause(
            NeedSource.EVALUATION,
            profile.get(code, Levels()),
            SYSTEM,
            source_id=follow_up_id,
            evaluation_id=evaluation_id,
        )
        raise_need(tx, employee_id, code, cause)
