"""Record the published timelines once more, in their versions: for a service that keeps more of them than before."""

from chassis import outbox
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.events import EmployeeTimelineChanged
from personnel.persistence.timelines import timelines_after
from personnel.use_cases.timelines.publish_all import Progress

JOB = "repeat_timelines"
CHUNK = 1000


def repeat_timelines_step(tx: Transaction, job: Job) -> Step:
    """Record the next people's. Whoever knows the version passes it over; other agencies receive nothing."""
    found = timelines_after(tx, job.cursor_as(Progress).after, limit=CHUNK)
    for one in found:
        outbox.record(tx, EmployeeTimelineChanged.again(one))
    last = found[-1].employee_id if found else None
    return Step(finished=len(found) < CHUNK, processed=len(found), cursor=Progress(last))
