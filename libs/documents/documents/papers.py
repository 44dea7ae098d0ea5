"""What a paper says, without how it looks: PDF and spreadsheet are made of the same statement."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec

UNKNOWN = "belum tercatat"


class DocumentFormat(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Person:
    """Somebody whom the paper names, in the office in which it names them."""

    role: str
    name: str
    nip: str
    rank: str
    position: str
    unit: str


@dataclass(frozen=True)
class Column:
    """`share` is its part of the width of the table."""

    title: str
    share: int = 1


@dataclass(frozen=True)
class Table:
    """Rows under titles; of the first `merged` columns, texts are written once while they stay the same."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: int = 0


@dataclass(frozen=True)
class Section:
    title: str
    text: str = ""
    tables: tuple[Table, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Who stands for the paper, and the words that say when and how."""

    role: str
    words: str
    name: str
    nip: str


@dataclass(frozen=True)
class Paper:
    """Everything that a paper states; `day` is the one that it bears."""

    title: str
    agency: str
    period: str
    status: str
    day: date
    people: tuple[Person, ...]
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seal:
    """By what anybody verifies a paper: the hash of what it states, its code, and the address that knows it."""

    hash: str
    code: str
    address: str


def seal_hash(paper: Paper) -> str:
    """Return the SHA-256 of everything that a paper states, in hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(paper, order="deterministic")).hexdigest()


def in_groups(text: str, size: int) -> str:
    """Return digits in groups, as people compare them."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def printed_nip(nip: str) -> str:
    """Return an 18-digit NIP as it is printed, 8-6-1-3; anything else as it is."""
    if len(nip) == 18 and nip.isdigit():  # noqa: PLR2004
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    return nip
