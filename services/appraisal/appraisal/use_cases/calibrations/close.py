"""Close a calibration with its minutes."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import leads_parent_unit, self_of
from appraisal.domain.calibration import CalibrationView
from appraisal.domain.distribution_guard import UnitCounts
from appraisal.persistence.calibrations import load_calibration, update_calibration
from appraisal.persistence.people import load_unit
from appraisal.persistence.units import count_units
from appraisal.use_cases.calibrations.read import group_of, view_calibration
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


@dataclass(frozen=True)
class CloseCalibration:
    """`expected_version` is the version that the leader has seen; None accepts any."""

    calibration_id: UUID
    minutes: str
    expected_version: int | None


def close_calibration(work: UnitOfWork, actor: Principal, command: CloseCalibration) -> CalibrationView:
    """The leader above does; one that nobody closes ends with its last day."""
    with work.transaction(actor.agency_id) as tx:
        before = load_calibration(tx, command.calibration_id)
        if not leads_parent_unit(tx, actor, load_unit(tx, before.unit_id, today(tx))):
            raise Forbidden
        require_version(command.expected_version, before.version)
        period = before.period
        group = group_of(tx, before.unit_id, period)
        counts = UnitCounts.of_all(count_units(tx, group, period).values()).predicates
        saved = update_calibration(tx, before, before.closed(self_of(actor), command.minutes, counts, tx.now))
        audit.record(tx, actor, "calibration_closed", "calibration", saved.id)
        return view_calibration(tx, actor, saved)
