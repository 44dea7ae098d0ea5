"""A paper as PDF: tagged (PDF/UA-1), in Indonesian, the same bytes for the same paper, with a QR to its address."""

import os
import threading
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import segno
import typst

from chassis.errors import Conflict, Unavailable
from documents.papers import Paper, Seal, Table, in_groups, printed_nip
from documents.signature_field import with_signature_field

PDF = "application/pdf"
STANDARD = "ua-1"
MOST_CHARACTERS = 400_000
PATIENCE_SECONDS = 20.0
_TEMPLATE = Path(__file__).with_name("paper.typ")
_TEXT_ALONE = Path(__file__).with_name("text.typ")
# A row whose cells are shorter stands on one page.
_LONG_CELL = 600
_NOT_DISPLAYED = "could not be displayed"
# What stands for a character that no font has; the signs that word processors draw before points are points.
_REPLACEMENT = "\ufffd"
_POINTS = {"\uf0a7": "•", "\uf0b7": "•", "\uf0d8": "•"}


class PrinterBusy(Unavailable):
    code = "document_printer_busy"
    title = "Too many documents are being made"
    sentence = "Terlalu banyak dokumen sedang dibuat. Coba lagi beberapa detik lagi."


class PaperTooLong(Conflict):
    code = "document_too_long"
    title = "The document is longer than can be printed"
    sentence = "Isi dokumen {length} karakter, lebih dari batas {most}. Ringkas isinya, atau unduh sebagai XLSX."


class _Printer:
    """One compiler of a process, made at its first use: one that a fork inherits waits for threads that are gone.

    One paper at a time: a compilation fills a core, and keeps its memory for the next.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process = 0
        self._compiler: typst.Compiler | None = None

    def compile(self, template: Path, inputs: dict[str, str], **options: Any) -> Any:
        """Raise PrinterBusy for whoever has waited too long."""
        if self._process != os.getpid():
            self.__init__()  # type: ignore[misc]  # the lock of another process may be held for ever
            self._process = os.getpid()
        if not self._turn.acquire(timeout=PATIENCE_SECONDS):
            raise PrinterBusy
        try:
            return self._made().compile(str(template), sys_inputs=inputs, **options)
        finally:
            self._turn.release()

    def _made(self) -> typst.Compiler:
        if self._compiler is None:
            self._compiler = typst.Compiler(str(_TEMPLATE), ignore_system_fonts=True)
        return self._compiler


_printer = _Printer()


def paper_pdf(paper: Paper, seal: Seal) -> bytes:
    """Return a paper as PDF, with an empty field for a signature. Raise PaperTooLong, or PrinterBusy."""
    made: bytes = _compiled(paper, seal, format="pdf", pdf_standards=[STANDARD])
    return with_signature_field(made)


def paper_pages(paper: Paper, seal: Seal, ppi: float = 96.0) -> list[bytes]:
    """Return the pages of a paper as PNG, to be looked at."""
    made = _compiled(paper, seal, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _compiled(paper: Paper, seal: Seal, **options: Any) -> Any:
    content = msgspec.json.encode(_laid_out(paper, seal)).decode()
    if len(content) > MOST_CHARACTERS:
        raise PaperTooLong(length=len(content), most=MOST_CHARACTERS)
    options["timestamp"] = datetime.combine(paper.day, time.min, UTC)
    try:
        return _printer.compile(_TEMPLATE, {"paper": content}, **options)
    except typst.TypstError as error:
        if _NOT_DISPLAYED not in str(error):
            raise
    shown = msgspec.json.encode(_displayed(msgspec.json.decode(content))).decode()
    return _printer.compile(_TEMPLATE, {"paper": shown}, **options)


def _displayed(value: Any) -> Any:
    """Return texts with a sign for each character that no font has: PDF/UA allows none that is not displayed."""
    if isinstance(value, str):
        return "".join(one if one.isascii() and one.isprintable() else _sign_for(one) for one in value)
    if isinstance(value, dict):
        return {name: _displayed(one) for name, one in value.items()}
    return [_displayed(one) for one in value] if isinstance(value, list) else value


@lru_cache(maxsize=4096)
def _sign_for(character: str) -> str:
    """Return a character, or what stands for it where no font has it."""
    try:
        _printer.compile(_TEXT_ALONE, {"text": character}, format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError:
        return _POINTS.get(character, _REPLACEMENT)
    return character


def _laid_out(paper: Paper, seal: Seal) -> dict[str, Any]:
    """Return the paper as the template reads it: numbers in groups, cells with their place, the QR as SVG."""
    qr = segno.make(seal.address, error="m", micro=False).svg_inline(border=0)
    return {
        **asdict(paper),
        "people": [{**asdict(one), "nip": printed_nip(one.nip)} for one in paper.people],
        "signatures": [{**asdict(one), "nip": printed_nip(one.nip)} for one in paper.signatures],
        "sections": [
            {**asdict(one), "tables": [{**asdict(table), "cells": _cells(table)} for table in one.tables]}
            for one in paper.sections
        ],
        "seal": {**asdict(seal), "hash": in_groups(seal.hash, 8), "qr": qr},
    }


def _cells(table: Table) -> list[dict[str, Any]]:
    """Return the cells of a table; those of merged columns reach down as far as the columns up to theirs agree."""
    cells: list[dict[str, Any]] = []
    above: list[dict[str, Any]] = []
    for y, row in enumerate(table.rows):
        agree = 0
        while y and agree < table.merged and table.rows[y - 1][agree] == row[agree]:
            above[agree] |= {"rows": above[agree]["rows"] + 1, "breakable": True}
            agree += 1
        is_long = agree > 0 or any(len(cell) > _LONG_CELL for cell in row)
        fresh = [{"x": x, "y": y, "rows": 1, "text": row[x], "breakable": is_long} for x in range(agree, len(row))]
        above = [*above[:agree], *fresh]
        cells += fresh
    return cells
