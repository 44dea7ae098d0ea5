"""Batches: each item has its own outcome, and a refused one the error that a single request would get."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.errors import AppError, ChangeSince, FieldError


@dataclass(frozen=True)
class ItemError:
    code: str
    detail: str
    errors: tuple[FieldError, ...]
    changes: Sequence[ChangeSince] = ()

    @classmethod
    def of(cls, error: AppError) -> "ItemError":
        return cls(error.code, error.detail, error.errors, error.changes)
