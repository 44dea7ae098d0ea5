"""How one item of a batch failed, in the same words a single request would get."""

from typing import Any

from chassis.bus.envelope import to_json
from chassis.errors import AppError


def failure(error: AppError) -> dict[str, Any]:
    return {
        "code": error.code,
        "detail": error.detail,
        "errors": [
            {"field": e.field, "code": e.code, "value": to_json(e.value), "expected": e.expected} for e in error.errors
        ],
    }
