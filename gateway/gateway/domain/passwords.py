"""What a password must be: long, without the account's own words, and not easy to guess.

Length and guessability instead of composition rules, as NIST SP 800-63B advises; every number is a setting of the
deployment. zxcvbn estimates the guesses; it knows English words, names, dates, keyboard runs and repeats.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from chassis.errors import FieldError

# What zxcvbn does not know: words around which Indonesian passwords are built.
INDONESIAN_WORDS = """
    rahasia rahasiasekali sandi katasandi sayang sayangku cinta cintaku bismillah alhamdulillah
    assalamualaikum indonesia indonesiaraya merdeka garuda pancasila nusantara jakarta bandung surabaya
    pegawai pegawainegeri kepegawaian kementerian pemerintah negara pengguna berakhlak kinerja
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
LEAST_SCORE = 3
# The cost of an estimate grows with the square of the length and with every sign that can stand for a letter: 32
# characters take 2 to 60 ms, and 1.5 s when made for it. A password whose beginning is hard to guess is so as a whole.
ESTIMATED_CHARACTERS = 32
SHORTEST_NAME = 4
# zxcvbn keeps the words of a call in a table of its module, which other threads would read.
_estimating = threading.Lock()


@dataclass(frozen=True)
class PasswordPolicy:
    """The deployment's rules for new passwords; those already set stay valid."""

    minimum: int = 12
    maximum: int = 200
    different_characters: int = 5
    refused: frozenset[str] = frozenset()

    def faults(
        self, password: str, username: str, *, personal: Iterable[str] = (), field: str = "password"
    ) -> list[FieldError]:
        """Return what is wrong with a new password; `personal` are the person's name and agency.

        The password itself is never repeated in an answer.
        """
        text = unicodedata.normalize("NFKC", password)
        lowered = text.lower()
        found = []
        if len(text) < self.minimum:
            found.append(_fault(field, "too_short", f"sedikitnya {self.minimum} karakter"))
        if len(text) > self.maximum:
            found.append(_fault(field, "too_long", f"paling banyak {self.maximum} karakter"))
        if len(set(lowered)) < self.different_characters:
            found.append(_fault(field, "too_uniform", f"sedikitnya {self.different_characters} karakter berbeda"))
        if _repeats_username(lowered, username):
            found.append(_fault(field, "holds_username", "tidak memuat nama pengguna atau NIP"))
        if text and _is_guessable(text, [username, *personal, *self.refused]):
            found.append(
                _fault(
                    field,
                    "too_guessable",
                    "tidak mudah ditebak: bukan kata umum, nama, tanggal, atau urutan tombol, walau ditambah angka; "
                    "coba beberapa kata yang tidak berkaitan",
                )
            )
        return found


def _repeats_username(lowered: str, username: str) -> bool:
    names = {username, username.partition("@")[0]}
    return any(len(name) >= SHORTEST_NAME and name in lowered for name in names) or lowered in username


def _is_guessable(password: str, phrases: Iterable[str]) -> bool:
    """Return whether few guesses find the password, or it is one known word between digits and signs.

    Every phrase counts as known: as it is written, as one word, and each of its words.
    """
    from zxcvbn import zxcvbn  # 0.1 s, which only a process that sets passwords should pay

    phrases = [phrase.lower() for phrase in phrases]
    words = [word for phrase in phrases for word in re.split(r"[\W_]+", phrase)]
    known = list(dict.fromkeys(filter(None, (*phrases, *map(_without_separators, phrases), *words, *INDONESIAN_WORDS))))
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
    with _estimating:
        score = zxcvbn(password[:ESTIMATED_CHARACTERS], user_inputs=known)["score"]
        parts = zxcvbn((core or password)[:ESTIMATED_CHARACTERS], user_inputs=known)["sequence"]
    # zxcvbn takes what surrounds a word for random characters, and so thinks well of Password2026!!
    is_one_word = len(parts) == 1 and parts[0]["pattern"] != "bruteforce"
    return score < LEAST_SCORE or is_one_word or _without_separators(core) in known


def _without_separators(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _fault(field: str, code: str, expected: str) -> FieldError:
    return FieldError(field=field, code=code, value=None, expected=expected)


def same_password(old: str, new: str) -> list[FieldError]:
    """Return the fault of a change that changes nothing."""
    return [_fault("new_password", "unchanged", "berbeda dari kata sandi lama")] if old == new else []
