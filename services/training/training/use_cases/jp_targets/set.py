"""Set a JP target from a year on; earlier rows stay."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from training.domain.jp import JpTarget, SetJpTarget
from training.persistence.locked_rows import lock
from training.persistence.reference import add_jp_target


def set_jp_target(tx: Transaction, actor: Principal, command: SetJpTarget) -> JpTarget:
    lock(tx, "reference", "jp_target")
    target = add_jp_target(tx, command, actor.account_id)
    audit.record(tx, actor, "jp_target_set", "jp_target", target.id)
    return target
