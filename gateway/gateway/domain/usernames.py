"""Usernames: a NIP or an e-mail address, written one way only."""

import re
import unicodedata

_NIP = re.compile(r"^\d{18}$")
_SPACED_NIP = re.compile(r"^\d{8}\s?\d{6}\s?\d\s?\d{3}$")
_EMAIL = re.compile(r"^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,190}$)[a-z0-9-]+(\.[a-z0-9-]+)+$")

EXPECTED = "NIP 18 angka atau alamat surel, misalnya 199004172019032005 atau siti@contoh.go.id"


EXPECTED_EMAIL = "alamat surel pejabat, misalnya gubernur@contoh.go.id"


def normalise_username(text: str) -> str:
    """Return the one spelling of a username: NFKC, small letters, a NIP without the blanks it is printed with."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return re.sub(r"\s", "", plain) if _SPACED_NIP.match(plain) else plain


def is_username(normalised: str) -> bool:
    """Return whether a normalised text is a NIP (any 18 digits) or an e-mail address."""
    return bool(_NIP.match(normalised)) or is_email(normalised)


def is_email(normalised: str) -> bool:
    """Return whether a normalised text is an e-mail address."""
    return bool(_EMAIL.match(normalised))
