"""Who reviews an extreme rating today: the first one above who appraises that neither rated nor is about."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.capacity import capacity_of
from appraisal.domain.deciders import Lines, Matter, Standing
from appraisal.domain.rank import outranks
from appraisal.domain.review_errors import ReviewerNotAbove, ReviewerNotImpartial
from appraisal.domain.values import Capacity
from directory.answers import Superior


@dataclass(frozen=True)
class ReviewCase:
    """A running review, as who reviews it depends on it."""

    review_id: UUID
    evaluation_id: UUID
    matter: Matter
    designated_id: UUID | None


@dataclass(frozen=True)
class Reviewer:
    official: UUID
    capacity: Capacity


def reviewer_of(matter: Matter, start: UUID | None, first: Superior | None, lines: Lines) -> Reviewer | None:
    """Return who reviews today what was rated in the name of `start`; None: nobody can, or it is not known yet.

    `first` is who has the duty of reviewing. Where they are away without a stand-in, have rated, or are the employee or
    one below, it is the next one above.
    """
    duty = first if first is not None or start is None else lines.superiors.get(start)
    met: set[UUID] = set()
    while duty is not None and duty.holder_id not in met:
        if duty.reachable and is_impartial(matter, duty.superior_id, lines):
            return Reviewer(duty.superior_id, capacity_of(duty, Capacity.REVIEWER))
        met.add(duty.holder_id)
        duty = lines.superiors.get(duty.holder_id)
    return None


def is_impartial(matter: Matter, official: UUID, lines: Lines) -> bool:
    """Nobody reviews their own rating, their own evaluation, or that of somebody above them."""
    return official not in matter.parties and not lines.is_above(matter.employee_id, official)


def require_designated_reviewer(matter: Matter, official: UUID, designator: UUID, standing: Standing) -> None:
    """Raise ReviewerNotImpartial or ReviewerNotAbove for whom HR may not designate; it is as with objections."""
    if official == designator or not is_impartial(matter, official, standing.lines):
        raise ReviewerNotImpartial
    if official in standing.outside:
        return
    if designator in standing.lines.above(official):
        raise ReviewerNotImpartial
    if outranks(standing.posts.get(official), standing.posts.get(matter.appraiser_id)):
        return
    if official not in standing.lines.holders_above(matter.appraiser_id):
        raise ReviewerNotAbove
