"""Read the JP targets by employment type and year."""

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.jp import JpTargetsView
from training.persistence.reference import jp_targets


def list_jp_targets(work: UnitOfWork, actor: Principal) -> JpTargetsView:
    with work.transaction(actor.agency_id) as tx:
        return JpTargetsView(jp_targets(tx))
