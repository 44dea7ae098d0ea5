"""Wellness programmes: enrolment and attendance, nothing else. Results of a medical check-up stay with the clinic."""

from enum import StrEnum

from .errors import EnrolmentClosed


class ProgrammeKind(StrEnum):
    EXERCISE = "EXERCISE"
    MENTAL_HEALTH = "MENTAL_HEALTH"
    NUTRITION = "NUTRITION"
    FINANCIAL_LITERACY = "FINANCIAL_LITERACY"
    FAMILY = "FAMILY"
    MEDICAL_CHECK_UP = "MEDICAL_CHECK_UP"
    OTHER = "OTHER"


class EnrolmentState(StrEnum):
    ENROLLED = "ENROLLED"
    CANCELLED = "CANCELLED"
    ATTENDED = "ATTENDED"
    ABSENT = "ABSENT"


def cancel(state: EnrolmentState) -> EnrolmentState:
    if state is not EnrolmentState.ENROLLED:
        raise EnrolmentClosed(state=state.value)
    return EnrolmentState.CANCELLED


def attend(state: EnrolmentState, *, present: bool) -> EnrolmentState:
    """Record or correct attendance; a cancelled enrolment has none."""
    if state is EnrolmentState.CANCELLED:
        raise EnrolmentClosed(state=state.value)
    return EnrolmentState.ATTENDED if present else EnrolmentState.ABSENT
