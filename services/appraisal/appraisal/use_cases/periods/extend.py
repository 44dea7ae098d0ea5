"""Extend the rating window of a period: HR, or the operator after an outage; never shorter."""

from appraisal.domain.deadlines import end_of_day
from appraisal.domain.rating_windows import ExtendWindow, Extension
from appraisal.persistence.obligations import extend_obligations
from appraisal.persistence.periods import extend_period, setting_of
from appraisal.persistence.rules import insert_extension
from appraisal.use_cases.obligations.withdraw_reminders import withdraw_all_later
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def extend_window(work: UnitOfWork, actor: Principal, command: ExtendWindow) -> Extension:
    with work.transaction(actor.agency_id) as tx:
        period = command.period
        setting = setting_of(tx, period)
        extension = Extension.set(new_id(), setting, command, actor.account_id, tx.now)
        insert_extension(tx, extension)
        extend_period(tx, period, extension.closes_on)
        extend_obligations(tx, period, end_of_day(extension.closes_on, setting.time_zone))
        withdraw_all_later(tx)
        audit.record(tx, actor, "window_extended", "period", extension.id, year=period.year, **period.parts)
        return extension
