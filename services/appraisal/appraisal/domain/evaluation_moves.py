"""The table of moves of an evaluation: between which states each leads, and who makes it."""

from enum import StrEnum

from appraisal.domain.values import EvaluationState


class EvaluationMove(StrEnum):
    RERATE = "RERATE"
    ASK_REVIEW = "ASK_REVIEW"
    CONFIRM_ISSUE = "CONFIRM_ISSUE"
    CONFIRM_FINAL = "CONFIRM_FINAL"
    RETURN = "RETURN"
    ISSUE = "ISSUE"
    FINALISE = "FINALISE"
    RECEIVE = "RECEIVE"
    ACCEPT = "ACCEPT"
    EXPIRE = "EXPIRE"
    OBJECT = "OBJECT"
    DECIDE = "DECIDE"
    WITHDRAW_OBJECTION = "WITHDRAW_OBJECTION"
    CORRECT = "CORRECT"
    REOPEN = "REOPEN"


# The state in which each move is made, and the state after it.
MOVES: dict[EvaluationMove, tuple[EvaluationState, EvaluationState]] = {
    EvaluationMove.RERATE: (EvaluationState.PROPOSED, EvaluationState.PROPOSED),
    EvaluationMove.ASK_REVIEW: (EvaluationState.PROPOSED, EvaluationState.IN_REVIEW),
    EvaluationMove.CONFIRM_ISSUE: (EvaluationState.IN_REVIEW, EvaluationState.ISSUED),
    EvaluationMove.CONFIRM_FINAL: (EvaluationState.IN_REVIEW, EvaluationState.FINAL),
    EvaluationMove.RETURN: (EvaluationState.IN_REVIEW, EvaluationState.PROPOSED),
    EvaluationMove.ISSUE: (EvaluationState.PROPOSED, EvaluationState.ISSUED),
    EvaluationMove.FINALISE: (EvaluationState.PROPOSED, EvaluationState.FINAL),
    EvaluationMove.RECEIVE: (EvaluationState.ISSUED, EvaluationState.ISSUED),
    EvaluationMove.ACCEPT: (EvaluationState.ISSUED, EvaluationState.FINAL),
    EvaluationMove.EXPIRE: (EvaluationState.ISSUED, EvaluationState.FINAL),
    EvaluationMove.OBJECT: (EvaluationState.ISSUED, EvaluationState.OBJECTED),
    EvaluationMove.DECIDE: (EvaluationState.OBJECTED, EvaluationState.FINAL),
    EvaluationMove.WITHDRAW_OBJECTION: (EvaluationState.OBJECTED, EvaluationState.ISSUED),
    EvaluationMove.CORRECT: (EvaluationState.FINAL, EvaluationState.FINAL),
    EvaluationMove.REOPEN: (EvaluationState.FINAL, EvaluationState.ISSUED),
}
OF_ANNUAL = frozenset({EvaluationMove.ISSUE, EvaluationMove.CONFIRM_ISSUE, EvaluationMove.REOPEN})
OF_PERIODIC = frozenset({EvaluationMove.FINALISE, EvaluationMove.CONFIRM_FINAL})
# What the employee does; the window and the decider's answer end the procedure without them.
OF_EMPLOYEE = (
    EvaluationMove.RECEIVE,
    EvaluationMove.ACCEPT,
    EvaluationMove.OBJECT,
    EvaluationMove.WITHDRAW_OBJECTION,
)
# ASK_REVIEW is how ISSUE and FINALISE of an extreme end, where the agency's rule says so: nobody makes it by itself.
OF_OFFICIALS = (
    EvaluationMove.RERATE,
    EvaluationMove.ISSUE,
    EvaluationMove.FINALISE,
    EvaluationMove.CONFIRM_ISSUE,
    EvaluationMove.CONFIRM_FINAL,
    EvaluationMove.RETURN,
    EvaluationMove.CORRECT,
)
