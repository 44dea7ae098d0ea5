"""What an auditor reads: a line for each check and one result for each file, or the same as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from suar_auditor.findings import Check, Result
from suar_auditor.reading import FileMalformed, read
from suar_auditor.verify import verify

AGREES, DIFFERS, MALFORMED = 0, 1, 2
_MARKS = {Result.AGREES: "sesuai ", Result.DIFFERS: "BERBEDA", Result.NOTED: "catatan"}
_NO_AUTHOR = "Sidik tidak menyatakan siapa yang membuat berkas ini."
_NAMES = {AGREES: "AGREES", DIFFERS: "DIFFERS", MALFORMED: "MALFORMED"}


@dataclass(frozen=True)
class Report:
    """What was found in a file; `sentence` says why it could not be checked."""

    file: str
    checks: tuple[Check, ...] = ()
    sentence: str = ""

    @property
    def code(self) -> int:
        if self.sentence:
            return MALFORMED
        return DIFFERS if self.differing else AGREES

    @property
    def differing(self) -> int:
        return sum(one.result is Result.DIFFERS for one in self.checks)

    def lines(self) -> Iterable[str]:
        yield f"{self.file}:"
        yield from (f"  {_MARKS[one.result]}  {one.subject}: {_statement(one)}" for one in self.checks)
        if self.sentence:
            yield f"  TIDAK DAPAT DIPERIKSA: {self.sentence}"
        elif self.differing:
            yield f"  Hasil: BERBEDA, {self.differing} dari {len(self.checks)} pemeriksaan."
        else:
            yield f"  Hasil: SESUAI, {len(self.checks)} pemeriksaan. {_NO_AUTHOR}"

    def as_json(self) -> dict[str, object]:
        found = [asdict(one) for one in self.checks]
        return {"file": self.file, "result": _NAMES[self.code], "sentence": self.sentence, "checks": found}


def report(paths: Sequence[Path], *, as_json: bool) -> tuple[str, int]:
    """Return the text about these files, and the code of the worst."""
    reports = [_report(path) for path in paths]
    code = max(one.code for one in reports)
    if as_json:
        return json.dumps([one.as_json() for one in reports], indent=1), code
    return _printable("\n".join(line for one in reports for line in one.lines())), code


def _report(path: Path) -> Report:
    try:
        return Report(str(path), verify(read(path)))
    except FileMalformed as error:
        return Report(str(path), sentence=str(error))


def _statement(one: Check) -> str:
    if one.result is Result.NOTED:
        return f"{one.stated}; {one.right}"
    return f"tercatat {one.stated}; seharusnya {one.right}"


def _printable(text: str) -> str:
    """Return the text without what would steer a terminal: the words are of whoever made the file."""
    return "".join(one if one.isprintable() or one == "\n" else "?" for one in text)
