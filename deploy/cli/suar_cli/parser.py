"""argparse that speaks Indonesian and guesses what was meant."""

import argparse
import difflib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

EXIT_USAGE = 2
TRANSLATIONS: tuple[tuple[str, str], ...] = (
    (r"argument (.+?): invalid (?:int|float) value: '(.*)'", r"\1: '\2' bukan bilangan"),
    (r"argument (.+?): expected one argument", r"\1: nilainya belum diisi"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 tidak boleh bersama \2"),
    (r"the following arguments are required: (.+)", r"belum diisi: \1"),
    (r"argument (.+?): (.*)", r"\1: \2"),
)


class IndonesianFormatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, max_help_position=30, width=100, **options)

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "pemakaian: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose headings, messages and hints are Indonesian."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", IndonesianFormatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._optionals.title, self._positionals.title = "pilihan", "masukan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            chosen: Parser = getattr(found, "parser", self)
            chosen.refuse_unknown(unknown)
        return found

    def refuse_unknown(self, unknown: list[str]) -> NoReturn:
        word = unknown[0].split("=")[0]
        known = [option for action in self._actions for option in action.option_strings]
        self.fail(f"{word!r} tidak dikenal.{similar(word, known)}")

    def error(self, message: str) -> NoReturn:
        if "invalid choice" in message and "'" in message:
            word = message.split("'")[1]
            choices = self._subcommands()
            if choices:
                self.fail(f"perintah {word!r} tidak dikenal.{similar(word, choices)}")
        refused = re.match(r"argument (\S+): invalid choice: '?([^']*?)'? \(choose from (.*)\)", message)
        if refused:
            argument, given, known = refused[1], refused[2], refused[3].replace("'", "")
            self.fail(f"{argument}: {given!r} tidak dikenal; pilih salah satu: {known}.")
        for pattern, words in TRANSLATIONS:
            if re.match(pattern, message):
                self.fail(re.sub(pattern, words, message) + ".")
        self.fail(message)

    def fail(self, sentence: str) -> NoReturn:
        sys.stderr.write(f"suar: {sentence}\nLihat: {self.prog} --help\n")
        raise SystemExit(EXIT_USAGE)

    def _subcommands(self) -> list[str]:
        return [name for a in self._actions if isinstance(a, argparse._SubParsersAction) for name in a.choices]  # noqa: SLF001


def similar(word: str, candidates: list[str]) -> str:
    close = difflib.get_close_matches(word, candidates, n=1, cutoff=0.5)
    return f" Maksud Anda {close[0]}?" if close else ""


def from_file(given: str) -> str:
    """Return the text, or of `@FILE` what it holds: every user of a machine can read the words of a command."""
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(f"berkas {given[1:]} tidak dapat dibaca: {type(error).__name__}") from error


def address(*schemes: str) -> Callable[[str], str]:
    """An argument type: a URL with one of these schemes and a host, or `@FILE` that holds it.

    A URL that may hold a password is not repeated in a complaint.
    """
    wanted = " atau ".join(f"{scheme}://" for scheme in schemes)

    def parse(given: str) -> str:
        text = from_file(given)
        try:
            parts = urlsplit(text)
            is_right = parts.scheme in schemes and bool(parts.netloc or parts.query)
            _ = parts.port
        except ValueError:
            is_right = False
        if not is_right:
            shown = f", bukan '{text}'" if "@" not in given + text else ""
            raise argparse.ArgumentTypeError(f"harus alamat yang diawali {wanted}{shown}")
        return text

    return parse


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """An argument type: an integer within bounds, with an Indonesian complaint."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' bukan bilangan bulat") from None
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"harus {least} sampai {most}, bukan {number}")
        return number

    return parse
