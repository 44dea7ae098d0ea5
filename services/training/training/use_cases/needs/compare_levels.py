"""Compare a person's competencies with the post's standard after either has changed."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from chassis.causation import Causation, caused_by
from chassis.unit_of_work import Transaction
from directory.questions import today
from training.domain.need import Cause, NeedSource, NeedState, is_met_by
from training.persistence.competencies import load_profile
from training.persistence.locked_rows import lock
from training.persistence.needs import live_needs, people_to_compare, update_levels
from training.persistence.reference import SYSTEM
from training.use_cases.needs.move import move_need
from training.use_cases.needs.raise_need import raise_need


def compare_levels(tx: Transaction, employee_id: UUID, day: date, *, assessed: str | None = None) -> None:
    """Raise a need for each gap and update the levels of live needs.

    A new assessment (`assessed`, a competency code) that reaches the standard ends the need; a change of post does not,
    for an evaluation may have asked for training of somebody whose level was never in doubt.
    """
    lock(tx, "needs", employee_id)
    profile = load_profile(tx, employee_id, day)
    for before in live_needs(tx, employee_id):
        levels = profile.get(before.competency_code)
        if levels is None:
            continue
        need = before.with_levels(levels)
        update_levels(tx, before, need)
        if need.competency_code == assessed and is_met_by(levels.required, levels.actual):
            reason = f"Asesmen: tingkat {levels.actual} dari {levels.required}."
            move_need(tx, need, NeedState.MET, by=SYSTEM, reason=reason)
    for code, levels in profile.items():
        if levels.gap:
            cause = Cause(NeedSource.COMPETENCY_GAP, levels, SYSTEM, source_id=levels.assessment_id)
            raise_need(tx, employee_id, code, cause, day)


def compare_after_changes(tx: Transaction, changed: Mapping[UUID, Causation]) -> None:
    """Compare people whose time has changed, each with the causation of the event that changed it.

    Most have nothing to compare, of an agency that was just imported nobody has: one query finds those who do.
    """
    for employee_id in people_to_compare(tx, list(changed)):
        with caused_by(changed[employee_id]):
            compare_levels(tx, employee_id, today(tx))
