"""Identifiers: UUIDv7, which sort by the time they were made."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """Make a new UUIDv7."""
    return UUID(bytes=uuid_utils.uuid7().bytes)
