"""What a password must be: long, not guessable from the account, not one that everybody tries.

Length over composition rules, as NIST SP 800-63B advises; every number is a setting of the deployment.
"""

import re
import unicodedata
from dataclasses import dataclass

from chassis.errors import FieldError

# Words around which most guessed passwords are built, here and elsewhere; digits and signs at the ends are ignored.
COMMON_WORDS = frozenset(
    """
    password passw0rd passwordpassword qwerty qwertyuiop qwertyuiopasdfghjkl asdfghjkl
    asdfghjklzxcvbnm zxcvbnm letmein welcome admin administrator iloveyou monkey dragon football
    sunshine princess master superman rahasia rahasiasekali katasandi sandi sayang sayangku cintaku
    bismillah alhamdulillah assalamualaikum indonesia indonesiaraya indonesiamerdeka merdeka garuda
    pancasila jakarta bandung surabaya nusantara pegawai pegawainegeri kepegawaian kementerian
    pemerintah negara operator pengguna berakhlak kinerja asdasdasd qazwsxedc q1w2e3r4t5y6 changeme
    changemenow default secret secretpassword testtesttest
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
SHORTEST_NAME = 4
_RUNS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


@dataclass(frozen=True)
class PasswordPolicy:
    """The deployment's rules for new passwords; those already set stay valid."""

    minimum: int = 12
    maximum: int = 200
    different_characters: int = 5
    refused: frozenset[str] = frozenset()

    def faults(self, password: str, username: str, *, field: str = "password") -> list[FieldError]:
        """Everything wrong with a new password; the password itself is never repeated in an answer."""
        text = unicodedata.normalize("NFKC", password)
        lowered = text.lower()
        found = []
        if len(text) < self.minimum:
            found.append(_fault(field, "too_short", f"sedikitnya {self.minimum} karakter"))
        if len(text) > self.maximum:
            found.append(_fault(field, "too_long", f"paling banyak {self.maximum} karakter"))
        if len(set(lowered)) < self.different_characters:
            found.append(_fault(field, "too_uniform", f"sedikitnya {self.different_characters} karakter berbeda"))
        if _echoes(lowered, username):
            found.append(_fault(field, "holds_username", "tidak memuat nama pengguna atau NIP"))
        if self._is_common(lowered):
            found.append(
                _fault(field, "too_common", "bukan kata sandi yang umum; coba beberapa kata yang tidak berkaitan")
            )
        return found

    def _is_common(self, lowered: str) -> bool:
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", lowered)
        unique = {lowered, core}
        if unique & (COMMON_WORDS | self.refused) or (not core and len(set(lowered)) <= self.different_characters):
            return True
        half = len(lowered) // 2
        if len(lowered) % 2 == 0 and lowered[:half] == lowered[half:] and lowered[:half] in COMMON_WORDS:
            return True
        return any(lowered in run * 3 for run in _RUNS)


def _echoes(lowered: str, username: str) -> bool:
    names = {username, username.partition("@")[0]}
    return any(len(name) >= SHORTEST_NAME and name in lowered for name in names) or lowered in username


def _fault(field: str, code: str, expected: str) -> FieldError:
    return FieldError(field=field, code=code, value=None, expected=expected)


def same_password(old: str, new: str) -> list[FieldError]:
    """A change that changes nothing is none."""
    return [_fault("new_password", "unchanged", "berbeda dari kata sandi lama")] if old == new else []
