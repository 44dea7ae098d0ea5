"""What a rating rested on, frozen when it was made, under a hash that anybody with the content can compute again."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RatingBasisView:
    """The basis of one revision: `sha256` is `canonical.digest_of(content)`."""

    revision: int
    sha256: str
    content: dict[str, Any]
