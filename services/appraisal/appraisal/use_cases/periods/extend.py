"""Extend the rating window of a period: HR, or the operator after an outage; never shorter."""

from appraisal.domain.periods import Period
from appraisal.domain.rating_windows import ExtendWindow, Extension
from appraisal.persistence.rules import insert_extension, load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def extend_window(work: UnitOfWork, actor: Principal, command: ExtendWindow) -> Extension:
    with work.transaction(actor.agency_id) as tx:
        setting = load_setting(tx, Period(command.year, command.quarter))
        extension = Extension.set(new_id(), setting, command, actor.account_id, tx.now)
        insert_extension(tx, extension)
        audit.record(tx, actor, "window_extended", "period", extension.id, year=command.year, quarter=command.quarter)
        return extension
