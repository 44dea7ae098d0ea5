"""Batches: each item has its own outcome, and a refused one the error that a single request would get."""

from dataclasses import dataclass

from chassis.errors import AppError, FieldError


@dataclass(frozen=True)
class ItemError:
    code: str
    detail: str
    errors: tuple[FieldError, ...]

    @classmethod
    def of(cls, error: AppError) -> "ItemError":
        return cls(error.code, error.detail, error.errors)
