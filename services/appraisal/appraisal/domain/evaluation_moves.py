"""The table of moves of an evaluation: between which states each leads, and who makes it."""

from enum import StrEnum

from appraisal.domain.values import EvaluationState


class EvaluationMove(StrEnum):
    RERATE = "RERATE"
    ISSUE = "ISSUE"
    FINALISE = "FINALISE"
    RECEIVE = "RECEIVE"
    ACCEPT = "ACCEPT"
    EXPIRE = "EXPIRE"
    OBJECT = "OBJECT"
    DECIDE = "DECIDE"
    CORRECT = "CORRECT"
    REOPEN = "REOPEN"


# The state in which each move is made, and the state after it.
MOVES: dict[EvaluationMove, tuple[EvaluationState, EvaluationState]] = {
    EvaluationMove.RERATE: (EvaluationState.PROPOSED, EvaluationState.PROPOSED),
    EvaluationMove.ISSUE: (EvaluationState.PROPOSED, EvaluationState.ISSUED),
    EvaluationMove.FINALISE: (EvaluationState.PROPOSED, EvaluationState.FINAL),
    EvaluationMove.RECEIVE: (EvaluationState.ISSUED, EvaluationState.ISSUED),
    EvaluationMove.ACCEPT: (EvaluationState.ISSUED, EvaluationState.FINAL),
    EvaluationMove.EXPIRE: (EvaluationState.ISSUED, EvaluationState.FINAL),
    EvaluationMove.OBJECT: (EvaluationState.ISSUED, EvaluationState.OBJECTED),
    EvaluationMove.DECIDE: (EvaluationState.OBJECTED, EvaluationState.FINAL),
    EvaluationMove.CORRECT: (EvaluationState.FINAL, EvaluationState.FINAL),
    EvaluationMove.REOPEN: (EvaluationState.FINAL, EvaluationState.ISSUED),
}
OF_ANNUAL = frozenset({EvaluationMove.ISSUE, EvaluationMove.REOPEN})
OF_PERIODIC = frozenset({EvaluationMove.FINALISE})
# What the employee does; the window and the decider's answer end the procedure without them.
OF_EMPLOYEE = (EvaluationMove.RECEIVE, EvaluationMove.ACCEPT, EvaluationMove.OBJECT)
OF_OFFICIALS = (EvaluationMove.RERATE, EvaluationMove.ISSUE, EvaluationMove.FINALISE, EvaluationMove.CORRECT)
