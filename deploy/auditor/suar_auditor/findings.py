"""What a check found: what the file states, and what is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Result(StrEnum):
    """NOTED: nothing that could be compared, but whoever reads the file should know."""

    AGREES = "AGREES"
    DIFFERS = "DIFFERS"
    NOTED = "NOTED"


@dataclass(frozen=True)
class Check:
    """`code` is stable, `subject` says of which part; both statements are Indonesian."""

    code: str
    subject: str
    result: Result
    stated: str
    right: str

    @classmethod
    def of(cls, code: str, subject: str, *, agrees: bool, stated: Any, right: Any) -> "Check":
        result = Result.AGREES if agrees else Result.DIFFERS
        return cls(code, subject, result, str(stated), str(right))

    @classmethod
    def same(cls, code: str, subject: str, stated: Any, right: Any, why: str = "") -> "Check":
        """Compare two values."""
        shown = f"{right} ({why})" if why else str(right)
        return cls.of(code, subject, agrees=stated == right, stated=stated, right=shown)

    @classmethod
    def noted(cls, code: str, subject: str, stated: Any, note: str) -> "Check":
        return cls(code, subject, Result.NOTED, str(stated), note)


Checks = Iterator[Check]
