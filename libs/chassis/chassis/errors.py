"""The family of errors a user or another service can cause.

AppError
├── InvalidInput      422  a field is wrong; `errors` names field, value and what would be right
├── NotFound          404  no such object, or it belongs to another agency
├── Conflict          409  the present state does not allow it
├── RuleViolation     422  every field is well-formed, but a rule of the field refuses the whole
├── Forbidden         403  it exists, and this person has no right to it
├── OwnAffair         403  it is about the caller, and somebody else in office must do it
├── Unavailable       503  another service does not answer in time
├── Unauthenticated   401  nobody is signed in
├── VersionConflict   412  somebody else changed it meanwhile
├── VersionRequired   428  If-Match is missing
└── (each service's own, in its domain/errors.py)

Turned into HTTP in one place, `chassis.http.problems`. Standard library only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from string import Formatter
from typing import ClassVar, TypeVar
from uuid import UUID

T = TypeVar("T")


class Kind(StrEnum):
    """What sort of trouble it is; the HTTP status follows from it and from nothing else."""

    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    PRECONDITION_FAILED = "precondition_failed"
    TOO_LARGE = "too_large"
    UNSUPPORTED_MEDIA = "unsupported_media"
    INVALID = "invalid"
    PRECONDITION_REQUIRED = "precondition_required"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class FieldError:
    """One wrong field: its path, a stable code, the value that came and, in Indonesian, what would be right."""

    field: str
    code: str
    value: object
    expected: str


@dataclass(frozen=True)
class ChangeSince:
    """One step since the version that a caller has read: by whom and in which role, when, and what it touched."""

    version: int
    step: str
    by: str
    role: str
    at: datetime
    fields: tuple[str, ...] = ()


class _Lenient(Formatter):
    def get_value(self, key: int | str, _args: Sequence[object], kwargs: object) -> object:
        return kwargs.get(key, "…") if isinstance(kwargs, dict) else "…"


class AppError(Exception):
    """Base of all expected errors.

    `code` is stable and unique in the whole system, `title` an English phrase for developers, `sentence` the
    Indonesian sentence for people: a `str.format` template over the keyword parameters given on raising.
    """

    code: ClassVar[str] = "error"
    kind: ClassVar[Kind] = Kind.INVALID
    title: ClassVar[str] = "The request cannot be carried out"
    sentence: ClassVar[str] = "Permintaan tidak dapat diproses."
    changes: Sequence[ChangeSince] = ()

    def __init__(self, *, errors: Sequence[FieldError] = (), **params: object) -> None:
        self.errors = tuple(errors)
        self.params = params
        super().__init__(self.detail)

    @property
    def detail(self) -> str:
        """The sentence with its values filled in."""
        return _Lenient().vformat(self.sentence, (), self.params)


class InvalidInput(AppError):
    code = "invalid_input"
    kind = Kind.INVALID
    title = "Some fields are wrong"
    sentence = "Ada isian yang salah. Perbaiki isian yang disebut, lalu kirim lagi."


class NotFound(AppError):
    code = "not_found"
    kind = Kind.NOT_FOUND
    title = "No such object"
    sentence = "Data {object}{named} tidak ditemukan di instansi Anda."

    def __init__(self, *, errors: Sequence[FieldError] = (), **params: object) -> None:
        """Name the key that people use, as a NIP or a code; an id is no word of theirs, and they see it nowhere."""
        key = params.get("id")
        params.setdefault("named", "" if key is None or _is_id(key) else f" dengan pengenal {key}")
        super().__init__(errors=errors, **params)


def _is_id(key: object) -> bool:
    try:
        UUID(str(key))
    except ValueError:
        return False
    return True


def required(found: T | None, what: str, key: object) -> T:
    """Return what was found. Raise NotFound of this kind of object, in Indonesian, and its key when it is None."""
    if found is None:
        raise NotFound(object=what, id=key)
    return found


class Forbidden(AppError):
    code = "forbidden"
    kind = Kind.FORBIDDEN
    title = "Not allowed"
    sentence = "Anda tidak berwenang melakukan ini. Hubungi pengelola kepegawaian bila ini keliru."


class OwnAffair(AppError):
    code = "own_affair"
    kind = Kind.FORBIDDEN
    title = "Nobody acts in office in a matter of their own"
    sentence = "Data ini menyangkut diri Anda sendiri. Mintalah petugas lain yang berwenang untuk melakukannya."


class Conflict(AppError):
    """Base of errors by which the present state refuses an act."""

    code = "conflict"
    kind = Kind.CONFLICT
    title = "The present state does not allow it"
    sentence = "Keadaan data saat ini tidak mengizinkan tindakan ini. Muat ulang, lalu periksa lagi."


class RuleViolation(AppError):
    """Base of errors by which a rule of the field refuses an act, whatever the state."""

    code = "rule_violation"
    kind = Kind.INVALID
    title = "A rule does not allow it"
    sentence = "Tindakan ini tidak sesuai dengan aturan yang berlaku."


class Unavailable(AppError):
    """Base of errors by which another service, or a part of this one, does not answer in time."""

    code = "unavailable"
    kind = Kind.UNAVAILABLE
    title = "A part of the system does not answer"
    sentence = "Sistem sedang tidak dapat menjawab. Coba lagi beberapa saat lagi."


class Unauthenticated(AppError):
    code = "unauthenticated"
    kind = Kind.UNAUTHENTICATED
    title = "Sign-in needed"
    sentence = "Silakan masuk terlebih dahulu."


class VersionConflict(AppError):
    code = "version_conflict"
    kind = Kind.PRECONDITION_FAILED
    title = "The object has changed meanwhile"
    sentence = "Data ini sudah diubah orang lain. Muat ulang, periksa, lalu simpan lagi."

    def __init__(self, *, changes: Sequence[ChangeSince] = (), errors: Sequence[FieldError] = ()) -> None:
        self.changes = tuple(changes)
        super().__init__(errors=errors)


class VersionRequired(AppError):
    code = "version_required"
    kind = Kind.PRECONDITION_REQUIRED
    title = "If-Match is required"
    sentence = "Sertakan versi data yang Anda ubah pada header If-Match."
