"""Set a JP target from a year on; earlier rows stay."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.jp import JpTarget, SetJpTarget
from training.persistence.locked_rows import lock
from training.persistence.reference import add_jp_target


def set_jp_target(work: UnitOfWork, actor: Principal, command: SetJpTarget) -> JpTarget:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "reference", "jp_target")
        target = add_jp_target(tx, command, actor.account_id)
        audit.record(tx, actor, "jp_target_set", "jp_target", target.id)
        return target
