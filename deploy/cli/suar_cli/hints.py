"""Commands inside messages, written so that they can be copied into a shell."""

import shlex


def command(*words: object) -> str:
    """Return `./suar …` with every word quoted where a shell needs it."""
    return shlex.join(["./suar", *map(str, words)])


def with_cause(sentence: str, error: Exception) -> str:
    """Return an Indonesian sentence with the library's own, untranslated message on a line below it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{sentence}\n  pesan asli: {lines[0] if lines else type(error).__name__}"
