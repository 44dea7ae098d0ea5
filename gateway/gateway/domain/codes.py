"""One-time codes on paper or in a message: sixty bits, without letters that look alike."""

from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})


def make_code(choose: Callable[[str], str]) -> str:
    """A new code as it is read out, in groups of four; `choose` picks one letter (secrets.choice)."""
    letters = "".join(choose(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def normalise_code(typed: str) -> str:
    """What somebody typed, as we keep it: large letters, look-alikes mended, no hyphens."""
    return typed.strip().upper().translate(_LOOKALIKES)
