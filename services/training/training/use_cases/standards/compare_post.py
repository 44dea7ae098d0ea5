"""Compare the people in a post with its standard, a number of people at a time."""

from dataclasses import dataclass
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from directory.questions import today
from training.persistence.people import people_in_post
from training.use_cases.needs.compare_levels import compare_levels
from training.use_cases.standards.set import ComparisonParams

PEOPLE_PER_STEP = 100


@dataclass(frozen=True)
class Progress:
    """The cursor: the last employee who was compared."""

    after: UUID | None = None


def compare_post_step(tx: Transaction, job: Job) -> Step:
    post, after = job.params_as(ComparisonParams).position_code, job.cursor_as(Progress).after
    day = today(tx)
    found = people_in_post(tx, post, day, after, PEOPLE_PER_STEP)
    for employee_id in found:
        compare_levels(tx, employee_id, day)
    if len(found) < PEOPLE_PER_STEP:
        return Step(finished=True, processed=len(found))
    return Step(processed=len(found), cursor=Progress(found[-1]))
