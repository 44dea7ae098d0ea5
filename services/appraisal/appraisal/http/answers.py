"""Answers that carry their version."""

from typing import Protocol, TypeVar

from chassis.http import etag


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=Versioned)


def with_etag(view: V) -> V:
    """Send the version of a view as the ETag of the answer."""
    etag(view.version)
    return view
