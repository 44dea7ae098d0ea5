"""The version of what may or may not be there yet."""

from flask import request

from appraisal.domain.rerating import ANY_VERSION
from chassis.http import expected_version


def seen_version() -> int | None:
    """Return the version in If-Match, ANY_VERSION for `*`; None where there is none, for what is new."""
    return (expected_version() or ANY_VERSION) if "If-Match" in request.headers else None
