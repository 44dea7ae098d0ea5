"""Reference items of the library, and how many of their copies are free."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.pagination import PageRequest
from chassis.views import view_of
from training.domain.errors import CopiesBelowLent, CopyFree, NoCopyFree


class ItemKind(StrEnum):
    BOOK = "BOOK"
    ARTICLE = "ARTICLE"
    REGULATION = "REGULATION"
    MODULE = "MODULE"
    VIDEO = "VIDEO"
    REPORT = "REPORT"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class ReferenceItemTerms:
    title: str
    author: str
    year: int | None
    kind: ItemKind
    subject: str
    competency_codes: tuple[str, ...]
    language: str
    licence: str
    link: str | None
    copies: int
    active: bool


@dataclass(frozen=True, kw_only=True)
class AddReferenceItem(ReferenceItemTerms):
    code: str


@dataclass(frozen=True, kw_only=True)
class ChangeReferenceItem(ReferenceItemTerms):
    item_id: UUID
    expected_version: int | None


@dataclass(frozen=True, kw_only=True)
class ReferenceItem(ReferenceItemTerms):
    """An item of the library. Whoever counts its copies holds the lock on its row, so none is lent twice."""

    id: UUID
    code: str
    on_loan: int = 0
    reserved: int = 0
    version: int = 1

    @classmethod
    def added(cls, item_id: UUID, command: AddReferenceItem, competency_codes: tuple[str, ...]) -> "ReferenceItem":
        return view_of(cls, command, id=item_id, competency_codes=competency_codes, on_loan=0, reserved=0, version=1)

    def changed(self, terms: ReferenceItemTerms, competency_codes: tuple[str, ...]) -> "ReferenceItem":
        """Return it with other terms. Raise CopiesBelowLent for fewer copies than are lent and reserved."""
        self.require_copies(terms.copies)
        return view_of(ReferenceItem, terms, self, competency_codes=competency_codes)

    def require_copies(self, copies: int) -> None:
        if copies < self.copies_out:
            raise CopiesBelowLent(out=self.copies_out, copies=copies)

    @property
    def copies_out(self) -> int:
        return self.on_loan + self.reserved

    @property
    def copies_free(self) -> int:
        """Copies on the shelf that nobody has reserved."""
        return max(0, self.copies - self.copies_out)

    def lent(self) -> "ReferenceItem":
        if self.copies_free == 0:
            raise NoCopyFree
        return replace(self, on_loan=self.on_loan + 1)

    def lent_from_reserve(self) -> "ReferenceItem":
        """Return it with the copy lent that was reserved for the borrower's hold."""
        return replace(self, on_loan=self.on_loan + 1, reserved=self.reserved - 1)

    def taken_back(self) -> "ReferenceItem":
        return replace(self, on_loan=self.on_loan - 1)

    def with_reserved(self, number: int) -> "ReferenceItem":
        return replace(self, reserved=self.reserved + number)

    def require_queue(self) -> None:
        """Raise NoCopyFree when there is no copy to wait for, CopyFree when one need not wait."""
        if self.copies == 0:
            raise NoCopyFree
        if self.copies_free:
            raise CopyFree


@dataclass(frozen=True, kw_only=True)
class ReferenceItemView(ReferenceItemTerms):
    id: UUID
    code: str
    copies_free: int
    version: int

    @classmethod
    def of(cls, item: ReferenceItem) -> "ReferenceItemView":
        return view_of(cls, item)


@dataclass(frozen=True)
class SearchLibrary:
    """`text` is words of title, author and subject; quotes and -word are understood."""

    page: PageRequest
    text: str | None = None
    competency_code: str | None = None
    kind: ItemKind | None = None
    language: str | None = None
    year: int | None = None
