"""From a file to what the checks read. Whatever is wrong with it ends in one Indonesian sentence."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from appraisal.domain.explanation_file import FORMAT, FORMAT_NAME, FORMAT_NUMBER
from suar_auditor.file_format import ExplanationFile

LARGEST = 32 * 1024 * 1024
BASIS_FORMAT = 1
# What msgspec says of a value, without the place.
TRANSLATIONS: tuple[tuple[str, str], ...] = (
    (r"Object missing required field `(.+?)`", r"isian \1 tidak ada"),
    (r"Invalid enum value (.+)", r"nilai \1 tidak dikenal Suar ini"),
    (r"Expected `(.+?)` with a timezone component", r"saat tidak menyebut zona waktu"),
    (r"Expected `(.+?)`(?: of length)? ([<>]=) (.+)", r"seharusnya \1 \2 \3"),
    (r"Expected `(.+?)`, got `(.+?)`", r"seharusnya \1, bukan \2"),
    (r"Invalid (.+)", r"bukan \1"),
)
BASIS_FORMAT = 1


class FileMalformed(Exception):
    """The file cannot be checked; `str(error)` says why."""


def read(path: Path) -> ExplanationFile:
    """Return a file. Raise FileMalformed for what is no explanation of a format that is known here."""
    try:
        return parse(_bytes(path))
    except RecursionError:
        raise FileMalformed("isi berkas terlalu dalam bersarang.") from None


def parse(content: bytes) -> ExplanationFile:
    """Return the file that these bytes are. Raise FileMalformed, or RecursionError where they nest too deep."""
    raw = _json(content)
    if not isinstance(raw, dict) or not isinstance(raw.get("format"), str):
        _refuse(f'berkas ini bukan penjelasan evaluasi dari Suar: isian "format" tidak ada. Yang diperlukan: {FORMAT}.')
    _require_format(raw["format"])
    try:
        found: ExplanationFile = msgspec.convert({**raw, "raw": {}}, ExplanationFile)
    except msgspec.ValidationError as error:
        raise FileMalformed(f"{_in_indonesian(str(error))}.") from None
    for basis in found.explanation.bases:
        if basis.content.get("format", BASIS_FORMAT) != BASIS_FORMAT:
            _refuse(f"dasar revisi {basis.revision} bukan format {BASIS_FORMAT}. Pakai Suar yang lebih baru.")
    return replace(found, raw=raw)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FileMalformed(f"berkas tidak dapat dibuka ({reason}).") from None
    if len(content) > LARGEST:
        _refuse(f"berkas terlalu besar: paling besar {LARGEST // 1024 // 1024} MB.")
    return content


def _json(content: bytes) -> Any:
    """Read JSON in UTF-8 strictly: what two readers could understand in two ways is refused."""
    try:
        text = content.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
        # half a character, which only an escape can bring in, has no bytes to make a hash of
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeError:
        _refuse("isi berkas bukan teks UTF-8.")
    except json.JSONDecodeError as error:
        _refuse(f"isi berkas bukan JSON (baris {error.lineno}, kolom {error.colno}).")
    except ValueError:
        _refuse("isi berkas memuat bilangan yang bukan JSON atau terlalu panjang.")
    return found


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            _refuse(f"isian {key!r} tertulis dua kali dalam satu objek.")
        found[key] = value
    return found


def _no_number(name: str) -> NoReturn:
    _refuse(f"isi berkas memuat {name}, yang bukan JSON.")


def _require_format(found: str) -> None:
    name, _, number = found.partition("/")
    if name != FORMAT_NAME or not re.fullmatch(r"[1-9][0-9]{0,5}", number):
        _refuse(f"berkas ini berformat {found[:80]!r}, bukan {FORMAT}.")
    if int(number) > FORMAT_NUMBER:
        _refuse(f"berkas ini berformat lebih baru ({found}); Suar ini mengenal {FORMAT}. Pakai Suar yang lebih baru.")


def _in_indonesian(message: str) -> str:
    what, _, place = message.partition(" - at ")
    for pattern, words in TRANSLATIONS:
        match = re.fullmatch(pattern, what)
        if match:
            what = match.expand(words)
            break
    return f"isi berkas tidak sesuai format pada {place.strip('`') or '$'}: {what}"


def _refuse(sentence: str) -> NoReturn:
    raise FileMalformed(sentence)
