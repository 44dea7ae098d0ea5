"""Compare a person's competencies with the post's standard after either has changed."""

from uuid import UUID

from chassis.causation import Causation, caused_by
from chassis.unit_of_work import Transaction
from training.domain.needs import NeedSource, NeedState, is_met_by
from training.persistence import competencies, needs, people
from training.persistence.reference import SYSTEM
from training.persistence.rows import lock
from training.use_cases.move_need import move_need
from training.use_cases.raise_need import Cause, raise_need


def follow_gaps(tx: Transaction, employee_id: UUID, *, assessed: str | None = None) -> None:
    """Raise a need for each gap and keep the levels of live needs true.

    A new assessment (`assessed`, a competency code) that reaches the standard ends the need; a change of post does not,
    for an evaluation may have asked for training of somebody whose level was never in doubt.
    """
    lock(tx, "needs", employee_id)
    profile = competencies.profile(tx, employee_id, people.today(tx))
    for need in needs.live_of(tx, employee_id):
        levels = profile.get(need.competency_code)
        if levels is None:
            continue
        need.required_level, need.actual_level = levels.required, levels.actual
        if need.competency_code == assessed and levels.actual and is_met_by(levels.required, levels.actual):
            reason = f"Asesmen {levels.assessment_id}: tingkat {levels.actual} dari {levels.required}."
            move_need(tx, need, NeedState.MET, by=SYSTEM, reason=reason)
    for code, levels in profile.items():
        if levels.gap:
            cause = Cause(NeedSource.COMPETENCY_GAP, levels, SYSTEM, source_id=levels.assessment_id)
            raise_need(tx, employee_id, code, cause)


def follow_moves(tx: Transaction, moved: list[tuple[UUID, Causation]]) -> None:
    """Follow the gaps of people who have changed post, each for the reason it was told by.

    Most have nothing to compare, a whole agency that has just been imported nobody: one question sorts them out.
    """
    causes = dict(moved)
    for employee_id in sorted(needs.comparable(tx, list(causes))):
        with caused_by(causes[employee_id]):
            follow_gaps(tx, employee_id)
