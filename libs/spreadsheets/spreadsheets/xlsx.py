"""The first sheet of an XLSX, row by row.

Not a library: those that are fast lay a sheet out as a full rectangle (one cell in the last corner asks for hundreds of
gigabytes) and copy a shared text into every cell that names it. Here nothing is kept but one row and the shared texts.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from math import isfinite
from posixpath import dirname, join, normpath
from xml.parsers import expat

from spreadsheets.errors import ImportNotSpreadsheet, ImportTooManyColumns, ImportUnpacksTooLarge

MEGABYTE = 1024 * 1024
LAST_ROW = 1_048_576
_BLOCK = 64 * 1024
_MOST_PARTS = 5_000
_MOST_TEXTS = 2_000_000
_EXACT_IN_A_FLOAT = 10**15
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
# What is opened and never closed goes to the end, so that no part of a text is read twice.
_NOT_A_PLACEHOLDER = re.compile(r'"[^"]*(?:"|$)|\\.|_.|\[(?![hms]+\])[^\]]*(?:\]|$)', re.IGNORECASE)
# The longest that a spreadsheet program writes.
_LONGEST_FORMAT = 255
_LETTERS = re.compile(r"[A-Z]{1,3}(?=[0-9]+$)")
# what a damaged or hostile archive or document makes their parsers raise
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    StopIteration,
)
_Start = Callable[[str, dict[str, str]], None]
_One = Callable[[str], None]


def sheet_rows(content: bytes, limit_bytes: int, most_columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number in the sheet. Raise ImportNotSpreadsheet, or the limit that is broken."""
    try:
        if content.count(b"PK\x01\x02") > _MOST_PARTS:
            raise ImportNotSpreadsheet
        with zipfile.ZipFile(BytesIO(content)) as archive:
            book = _Book(archive, limit_bytes)
            sheet = _Sheet(book.texts(), book.dates(), book.epoch, limit_bytes, most_columns)
            for _ in book.read(book.first_sheet, sheet.start, sheet.end, sheet.text):
                yield from sheet.take()
    except _BROKEN as error:
        raise ImportNotSpreadsheet from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Book:
    """The parts of a workbook that say where the first sheet is and how its cells are to be read."""

    def __init__(self, archive: zipfile.ZipFile, limit_bytes: int) -> None:
        self.archive = archive
        self.left = self.limit = limit_bytes
        self.parts = {item.filename.replace("\\", "/").lower(): item for item in archive.infolist()}
        self.epoch = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's date has no zone
        root = self._related("")
        self.path = next(target for kind, target in root.values() if kind == "officeDocument")
        self.related = self._related(self.path)
        self.first_sheet = self._find_first_sheet()

    def read(self, path: str, start: _Start, end: _One | None = None, text: _One | None = None) -> Iterator[None]:
        """Parse a part block by block. No more is unpacked than the part declares, and all of them have one limit."""
        item = self.parts[path.lower()]
        if item.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ImportNotSpreadsheet
        if item.file_size > self.left:
            found = self.limit - self.left + item.file_size
            raise ImportUnpacksTooLarge(found_mb=-(-found // MEGABYTE), limit_mb=self.limit // MEGABYTE)
        self.left -= item.file_size
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self.archive.open(item) as part:
            while block := part.read(_BLOCK):
                parser.Parse(block)
                yield
        parser.Parse(b"", True)
        yield

    def texts(self) -> list[str]:
        path = self._part_of("sharedStrings")
        texts = _Texts()
        if path:
            for _ in self.read(path, texts.start, texts.end, texts.text):
                pass
        return texts.all

    def dates(self) -> frozenset[str]:
        """Return the styles (by their number, as cells name them) that show a number as a date or time."""
        path = self._part_of("styles")
        styles = _Styles()
        if path:
            for _ in self.read(path, styles.start, styles.end):
                pass
        dates = {one for one in set(styles.cells) if styles.is_date(one)}
        return frozenset(str(number) for number, one in enumerate(styles.cells) if one in dates)

    def _part_of(self, kind: str) -> str | None:
        found = next((target for of, target in self.related.values() if of == kind), None)
        return found if found and found.lower() in self.parts else None

    def _related(self, path: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by its id, the kind and the path."""
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, at: dict[str, str]) -> None:
            if _local(name) == "Relationship" and at.get("TargetMode") != "External":
                target = normpath(join("/", dirname(path), at["Target"])).lstrip("/")
                found[at["Id"]] = at["Type"].rpartition("/")[2], target

        for _ in self.read(join(dirname(path), "_rels", path.rpartition("/")[2] + ".rels"), start):
            pass
        return found

    def _find_first_sheet(self) -> str:
        ids: list[str] = []

        def start(name: str, at: dict[str, str]) -> None:
            if _local(name) == "sheet" and not ids:
                ids.append(next(value for key, value in at.items() if key.endswith(":id")))
            elif _local(name) == "workbookPr" and at.get("date1904") in ("1", "true"):
                self.epoch = datetime(1904, 1, 1)  # noqa: DTZ001

        for _ in self.read(self.path, start):
            pass
        return self.related[ids[0]][1]


def _refuse_doctype(*_: object) -> None:
    """No spreadsheet declares entities; who does wants them to grow."""
    raise ImportNotSpreadsheet


@dataclass
class _Texts:
    """The texts that cells share, in their order."""

    all: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    taking: bool = False
    spoken: bool = False

    def start(self, name: str, _: dict[str, str]) -> None:
        local = _local(name)
        if local == "rPh":
            self.spoken = True
        self.taking = local == "t" and not self.spoken

    def text(self, text: str) -> None:
        if self.taking:
            self.parts.append(text)

    def end(self, name: str) -> None:
        local = _local(name)
        self.taking = False
        if local == "rPh":
            self.spoken = False
        elif local == "si":
            if len(self.all) == _MOST_TEXTS:
                raise ImportNotSpreadsheet
            self.all.append("".join(self.parts))
            self.parts.clear()


@dataclass
class _Styles:
    formats: dict[int, str] = field(default_factory=dict)
    cells: list[int] = field(default_factory=list)
    inside: str = ""

    def start(self, name: str, at: dict[str, str]) -> None:
        local = _local(name)
        if local in ("numFmts", "cellXfs"):
            self.inside = local
        elif local == "numFmt" and self.inside == "numFmts":
            self.formats[int(at["numFmtId"])] = at["formatCode"][:_LONGEST_FORMAT]
        elif local == "xf" and self.inside == "cellXfs":
            self.cells.append(int(at.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if _local(name) == self.inside:
            self.inside = ""

    def is_date(self, number: int) -> bool:
        code = self.formats.get(number)
        if code is None:
            return number in _DATE_FORMATS
        shown = _NOT_A_PLACEHOLDER.sub("", code.split(";")[0]).lower()
        return shown != "general" and any(letter in shown for letter in "ymdhs")


class _Sheet:
    """Rows as the parser meets them; those that are whole are taken away after every block."""

    def __init__(
        self, texts: list[str], dates: frozenset[str], epoch: datetime, most_text: int, most_columns: int
    ) -> None:
        self.texts, self.dates, self.epoch = texts, dates, epoch
        self.most_text = self.text_left = most_text
        self.most_columns = most_columns
        self.places: dict[str, int] = {}
        self.ready: list[tuple[int, list[str]]] = []
        self.number = self.column = 0
        self.cells: list[str] = []
        self.kind = self.style = ""
        self.parts: list[str] = []
        self.taking = False

    def take(self) -> list[tuple[int, list[str]]]:
        whole, self.ready = self.ready, []
        return whole

    def start(self, name: str, at: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            where = at.get("r")
            self.column = self._place(where) if where else self.column + 1
            self.kind, self.style = at.get("t", "n"), at.get("s", "")
        elif local in ("v", "t"):
            self.taking = True
        elif local == "row":
            number = int(at.get("r", self.number + 1))
            if not self.number < number <= LAST_ROW:
                raise ImportNotSpreadsheet
            self.number, self.column, self.cells = number, 0, []

    def text(self, text: str) -> None:
        if self.taking:
            self.parts.append(text)

    def end(self, name: str) -> None:
        local = _local(name)
        if local in ("v", "t"):
            self.taking = False
        elif local == "c" and self.parts:
            self._put("".join(self.parts))
            self.parts.clear()
        elif local == "row" and self.cells:
            self.ready.append((self.number, self.cells))

    def _place(self, where: str) -> int:
        letters = where.rstrip("0123456789")
        place = self.places.get(letters)
        if place is None:
            if not _LETTERS.match(where):
                raise ImportNotSpreadsheet
            place = 0
            for letter in letters:
                place = place * 26 + ord(letter) - 64
            self.places[letters] = place
        return place

    def _put(self, raw: str) -> None:
        if self.column > self.most_columns:
            raise ImportTooManyColumns(row=self.number, columns=self.column, limit=self.most_columns)
        value = self._value(raw)
        self.text_left -= len(value)
        if self.text_left < 0:
            limit = self.most_text // MEGABYTE
            raise ImportUnpacksTooLarge(found_mb=f"lebih dari {limit}", limit_mb=limit)
        missing = self.column - len(self.cells)
        if missing > 0:
            self.cells.extend([""] * missing)
        self.cells[self.column - 1] = value

    def _value(self, raw: str) -> str:
        match self.kind:
            case "s":
                return self.texts[int(raw)]
            case "n":
                return self._number(raw)
            case "b":
                return "true" if raw == "1" else "false"
            case "d":
                return raw[:10]
            case _:
                return raw

    def _number(self, raw: str) -> str:
        """Write a number as text; one too long for a spreadsheet keeps its exponent: nobody shall take it for a NIP."""
        value = float(raw)
        if not isfinite(value):
            raise ImportNotSpreadsheet
        if self.style in self.dates:
            return self._date(value)
        if abs(value) >= _EXACT_IN_A_FLOAT:
            return f"{value:.14E}"
        return str(int(value)) if value.is_integer() else str(value)

    def _date(self, value: float) -> str:
        try:
            moment = self.epoch + timedelta(seconds=round(value * 86_400))
        except OverflowError:
            return str(value)
        return moment.time().isoformat() if 0 <= value < 1 else moment.date().isoformat()
