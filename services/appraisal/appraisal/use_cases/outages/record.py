"""Record an outage: every deadline that was running during it is extended by its length."""

from dataclasses import replace

from appraisal.domain.extensions import ExtensionCause
from appraisal.domain.outages import Outage, OutageView, RecordOutage
from appraisal.persistence.cases import complete_cases
from appraisal.persistence.outages import insert_outage, lock_outages
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.outages.move import move_deadlines
from appraisal.use_cases.outages.read import view_outages
from appraisal.use_cases.outages.windows import extend_windows
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def record_outage(work: UnitOfWork, actor: Principal, command: RecordOutage) -> OutageView:
    """Extend windows, cases and obligations by one outage. What overlaps another outage counts once."""
    with work.transaction(actor.agency_id) as tx:
        outages, setting = lock_outages(tx), load_setting(tx)
        rule = setting.rules.outage(setting.local_date(command.starts_at))
        outage = Outage.recorded(new_id(), command, rule, actor.account_id, tx.now)
        complete_cases(tx)
        insert_outage(tx, outage)
        extend_windows(tx, replace(outages, outages=(*outages.outages, outage)), outage)
        saved = move_deadlines(tx, actor, outage, ExtensionCause.OUTAGE)
        audit.record(tx, actor, "outage_recorded", "outage", outage.id)
        return view_outages(tx, actor, [saved])[0]
