"""Turn the follow-up of a below-expectation evaluation into training needs, one per competency."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.unit_of_work import Transaction
from directory.questions import today
from training.domain.competency import Levels
from training.domain.need import Cause, NeedSource
from training.persistence.competencies import load_profile
from training.persistence.follow_ups import is_news
from training.persistence.locked_rows import lock
from training.persistence.reference import SYSTEM
from training.use_cases.needs.raise_need import raise_need


@dataclass(frozen=True)
class OpenForFollowUp:
    follow_up_id: UUID
    employee_id: UUID
    evaluation_id: UUID
    sequence: int
    competency_codes: Sequence[str] = ()


def open_for_follow_up(tx: Transaction, command: OpenForFollowUp) -> None:
    """The person's post or assessment may still be unknown: the levels are then filled in when they come.

    One that has ended already, by an event that overtook this one, raises none.
    """
    lock(tx, "needs", command.employee_id)
    if not is_news(tx, command.follow_up_id, stands=True, sequence=command.sequence):
        return
    day = today(tx)
    profile = load_profile(tx, command.employee_id, day)
    for code in dict.fromkeys(command.competency_codes):
        cause = Cause(
            NeedSource.EVALUATION,
            profile.get(code, Levels()),
            SYSTEM,
            source_id=command.follow_up_id,
            evaluation_id=command.evaluation_id,
        )
        raise_need(tx, command.employee_id, code, cause, day)
