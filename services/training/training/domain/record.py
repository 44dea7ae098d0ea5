"""Training records: what stands behind JP, how doubles are found, and the moves a record may make."""

import re
import unicodedata
from enum import StrEnum


class RecordState(StrEnum):
    SUBMITTED = "SUBMITTED"
    VERIFIED = "VERIFIED"
    REJECTED = "REJECTED"
    REVOKED = "REVOKED"


class RecordOrigin(StrEnum):
    SESSION = "SESSION"
    EXTERNAL = "EXTERNAL"


class RevocationReason(StrEnum):
    FORGED = "FORGED"
    DUPLICATE = "DUPLICATE"
    PROVIDER_WITHDREW = "PROVIDER_WITHDREW"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR"


EXTERNAL_COURSE = "EXTERNAL"

MOVES: dict[RecordState, frozenset[RecordState]] = {
    RecordState.SUBMITTED: frozenset({RecordState.VERIFIED, RecordState.REJECTED}),
    RecordState.VERIFIED: frozenset({RecordState.REVOKED}),
    RecordState.REJECTED: frozenset(),
    RecordState.REVOKED: frozenset(),
}


def may_move(state: RecordState, target: RecordState) -> bool:
    return target in MOVES[state]


def same_certificate(text: str) -> str:
    """The form in which providers and certificate numbers are compared: one certificate is often typed in many ways."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s.\-_/\\]+", "", folded)
