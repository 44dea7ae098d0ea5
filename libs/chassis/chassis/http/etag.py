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
    return _version_of(sent)


def expected_version_if_sent() -> int | None:
    """The version in If-Match where somebody sent it, for a step by which nothing is lost; None accepts any."""
    sent = request.headers.get("If-Match")
    return None if sent is None else _version_of(sent)


def read_version() -> int:
    """The version in If-Match, for a step that nobody takes blindly: raise VersionRequired for `*`, too."""
    version = expected_version()
    if version is None:
        raise VersionRequired
    return version


def _version_of(sent: str) -> int | None:
    text = sent.strip().removeprefix("W/").strip('"')
    if text == "*":
        return None
    if not (text.isdecimal() and len(text) < LONGEST_NUMBER):
        raise VersionConflict
    return int(text)
