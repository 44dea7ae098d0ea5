"""From the words of the command line to the package that answers. What people read here is Indonesian."""

import argparse
import os
import sys
import tomllib
from collections.abc import Sequence
from importlib import import_module

from suar_cli.errors import RunnerError
from suar_cli.parser import Parser, similar
from suar_cli.places import project_folder
from suar_cli.verbs import VERBS

EXIT_INTERRUPTED = 130
DESCRIPTION = "Suar: manajemen kinerja ASN. Jalankan satu perintah, misalnya: ./suar demo"


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; failures that the operator can mend end with a sentence and a code of their own."""
    arguments = parse(list(sys.argv[1:] if argv is None else argv))
    try:
        raise SystemExit(arguments.run(arguments))
    except RunnerError as error:
        sys.stderr.write(f"suar: {error}\n")
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        raise SystemExit(EXIT_INTERRUPTED) from None


def parse(words: list[str]) -> argparse.Namespace:
    """Read a command with its arguments. Only the package of that command is imported."""
    root = Parser(prog="./suar", description=f"{DESCRIPTION}\n\n{_listing()}", usage="./suar PERINTAH [pilihan]")
    root.add_argument("--version", action="version", version=f"Suar {version()}", help="tampilkan versi")
    if not words or words[0].startswith("-"):
        root.parse_args(words[:1] or ["--help"])
    name, *rest = words
    if name not in VERBS:
        root.fail(f"perintah {name!r} tidak dikenal.{similar(name, list(VERBS))}")
    return parser_of(name).parse_args(rest)  # type: ignore[no-any-return]


def parser_of(name: str) -> Parser:
    """The parser of one command."""
    verb = VERBS[name]
    parser = Parser(prog=f"./suar {name}", description=verb.summary)
    parser.set_defaults(parser=parser)
    import_module(verb.module).PARSERS[name](parser)
    return parser


def version() -> str:
    """The version of this checkout."""
    text = (project_folder() / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def say(words: str) -> None:
    """Print a line; a reader that has gone away (`| head`) is no failure."""
    try:
        print(words, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _listing() -> str:
    return "perintah:\n" + "\n".join(f"    {name:<10} {verb.summary}" for name, verb in VERBS.items())
