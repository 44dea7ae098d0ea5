"""Whether one post is of higher rank than another, as far as that can be known."""

from typing import Protocol

from directory.people import PositionKind, PositionLevel

# Each ladder from the lowest post to the highest (UU 5/2014 Art. 13-19, as kept by UU 20/2023). Functional posts stand
# on a ladder of their own: by their levels, of skill and of expertise, which overlap in grade.
_LADDERS: tuple[tuple[str, ...], ...] = (
    (
        PositionKind.PELAKSANA,
        PositionKind.PENGAWAS,
        PositionKind.ADMINISTRATOR,
        PositionKind.JPT_PRATAMA,
        PositionKind.JPT_MADYA,
        PositionKind.JPT_UTAMA,
    ),
    (PositionLevel.PEMULA, PositionLevel.TERAMPIL, PositionLevel.MAHIR, PositionLevel.PENYELIA),
    (PositionLevel.AHLI_PERTAMA, PositionLevel.AHLI_MUDA, PositionLevel.AHLI_MADYA, PositionLevel.AHLI_UTAMA),
)


class Post(Protocol):
    """What somebody is on a day, as the directory says."""

    @property
    def position_kind(self) -> str: ...
    @property
    def position_level(self) -> str | None: ...


def outranks(one: Post | None, other: Post | None) -> bool | None:
    """Return whether `one` is of higher rank than `other`; None where that cannot be known.

    Ranks are compared on one ladder only: the kinds of managerial and administrative posts, or the levels of functional
    ones. Whether a functional post outranks a managerial one no rule says; job class and grade are of pay and of the
    person, not of the post's authority, so they decide nothing. The post of an official from outside is not known.
    """
    if one is None or other is None:
        return None
    first, second = _step_of(one), _step_of(other)
    for ladder in _LADDERS:
        if first in ladder and second in ladder:
            return ladder.index(first) > ladder.index(second)
    return None


def _step_of(post: Post) -> str:
    is_functional = post.position_kind == PositionKind.JF
    return (post.position_level or "") if is_functional else post.position_kind
