"""Open a calibration of a unit's proposals of a period."""

from appraisal.authorisation import leads_parent_unit, self_of
from appraisal.domain.calibration import Calibration, CalibrationView, OpenCalibration, OpenedBy, Proposals
from appraisal.domain.calibration_errors import CalibrationIsOpen
from appraisal.domain.deadlines import end_of_day
from appraisal.domain.distribution_guard import UnitCounts
from appraisal.domain.org_predicate import SetterCapacity
from appraisal.domain.people import Unit
from appraisal.domain.periods import Period
from appraisal.events import CalibrationCalled
from appraisal.persistence.calibrations import appraisers_of_proposals, find_open_calibration, insert_calibration
from appraisal.persistence.offices import named_today
from appraisal.persistence.people import load_unit
from appraisal.persistence.periods import require_in_cycle
from appraisal.persistence.rules import load_setting
from appraisal.persistence.units import count_units
from appraisal.use_cases.calibrations.read import awaits_own_result, group_of, view_calibration
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, OwnAffair
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


def open_calibration(work: UnitOfWork, actor: Principal, command: OpenCalibration) -> CalibrationView:
    """The leader above, or HR, opens one; it takes suggestions until its last day, and holds nothing up.

    An officer who awaits an own result in it leaves that to another one, or to the leader. Raise OwnAffair.
    """
    with work.transaction(actor.agency_id) as tx:
        unit, period = load_unit(tx, command.unit_id, today(tx)), command.period
        by = OpenedBy(self_of(actor), _capacity(tx, actor, unit, period), tx.now)
        require_in_cycle(tx, period)
        setting = load_setting(tx, period)
        command.require_due(setting.today)
        if (other := find_open_calibration(tx, unit.unit_id, period)) is not None:
            fault = FieldError(
                "unit_id", CalibrationIsOpen.code, str(other.id), "unit dan periode tanpa kalibrasi terbuka"
            )
            raise CalibrationIsOpen(errors=[fault], period=str(period), until=setting.in_words(other.due_at))
        group = group_of(tx, unit.unit_id, period)
        counted = UnitCounts.of_all(count_units(tx, group, period).values())
        appraisers = named_today(tx, appraisers_of_proposals(tx, group, period), setting.today)
        proposals = Proposals(frozenset(appraisers.values()), counted.predicates)
        due_at = end_of_day(command.due_on, setting.time_zone)
        session = Calibration.opened(new_id(), command, by, due_at, proposals)
        insert_calibration(tx, session)
        for one in session.participants:
            if one != actor.employee_id:
                outbox.record(tx, CalibrationCalled.of(session, one))
        audit.record(tx, actor, "calibration_opened", "calibration", session.id, unit_id=unit.unit_id)
        return view_calibration(tx, actor, session)


def _capacity(tx: Transaction, actor: Principal, unit: Unit, period: Period) -> SetterCapacity:
    if leads_parent_unit(tx, actor, unit):
        return SetterCapacity.LEADER_ABOVE
    if actor.has("hr_officer"):
        if awaits_own_result(tx, actor, unit.unit_id, period):
            raise OwnAffair
        return SetterCapacity.HR
    raise Forbidden
