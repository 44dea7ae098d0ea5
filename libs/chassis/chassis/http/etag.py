"""Lost updates refused: the version of a row as its ETag."""

from typing import Protocol, TypeVar

from flask import g, request

from chassis.errors import VersionConflict, VersionRequired

LONGEST_NUMBER = 19


def etag(version: int) -> None:
    """Send this version as the ETag of the answer."""
    g.etag = f'"{version}"'


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=Versioned)


def with_etag(view: V) -> V:
    """Send the version of a view as the ETag of the answer."""
    etag(view.version)
    return view


def expected_version() -> int | None:
    """The version in If-Match, for a use case that compares it inside its transaction; None stands for `*`.

    The weak form is the same version: an edge that compresses an answer weakens its ETag on the way.
    """
    sent = request.headers.get("If-Match")
    if sent is None:
        raise VersionRequired
    text = sent.strip().removeprefix("W/").strip('"')
    if text == "*":
        return None
    if not (text.isdecimal() and len(text) < LONGEST_NUMBER):
        raise VersionConflict
    return int(text)
