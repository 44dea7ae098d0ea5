"""Compare the people in a post with its standard, a number of people at a time."""

from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from training.persistence.people import people_in_post, today
from training.use_cases.needs.compare_levels import compare_levels

PEOPLE_PER_STEP = 100


def compare_post_step(tx: Transaction, job: Job) -> Step:
    after = job.cursor.get("after")
    found = people_in_post(tx, job.params["position_code"], UUID(after) if after else None, PEOPLE_PER_STEP)
    day = today(tx)
    for employee_id in found:
        compare_levels(tx, employee_id, day)
    if len(found) < PEOPLE_PER_STEP:
        return Step(finished=True, processed=len(found))
    return Step(processed=len(found), cursor={"after": str(found[-1])})
