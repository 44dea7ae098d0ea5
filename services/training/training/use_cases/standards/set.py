"""Set the level that a post requires from a day on; people in the post are compared with it by a job."""

from dataclasses import dataclass

from chassis import audit, jobs
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from training.domain.competency import SetStandard, StandardView
from training.persistence.competencies import insert_standard, known_competencies

JOB = "follow_standard"


@dataclass(frozen=True)
class ComparisonParams:
    position_code: str


def set_standard(tx: Transaction, actor: Principal, command: SetStandard) -> StandardView:
    """A later row for the same post and competency takes over from the earlier; no row is edited."""
    known_competencies(tx, "competency_code", [command.competency_code])
    standard = view_of(StandardView, command, id=new_id(), recorded_by=actor.account_id, recorded_at=tx.now)
    insert_standard(tx, standard)
    post = command.position_code
    audit.record(tx, actor, "standard_set", "standard", standard.id, position_code=post, level=command.required_level)
    jobs.start(tx, JOB, ComparisonParams(post), actor.account_id, key=str(standard.id))
    return standard
