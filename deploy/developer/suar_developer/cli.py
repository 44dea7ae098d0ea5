"""`./suar test` and `check`."""

import argparse
from collections.abc import Callable

from suar_cli.main import say
from suar_cli.parser import Parser
from suar_developer import quality


def _add_test(parser: Parser) -> None:
    parser.set_defaults(run=_test)
    parser.add_argument("--no-check", action="store_true", help="langsung uji, tanpa pemeriksaan kode")
    parser.add_argument("pytest", nargs="*", metavar="UJI", help="berkas atau pilihan pytest (setelah --)")


def _add_check(parser: Parser) -> None:
    parser.set_defaults(run=_check)


PARSERS: dict[str, Callable[[Parser], None]] = {"test": _add_test, "check": _add_check}


def _test(arguments: argparse.Namespace) -> int:
    if not arguments.no_check:
        code = quality.check(say)
        if code:
            return code
    return quality.test(say, arguments.pytest)


def _check(_arguments: argparse.Namespace) -> int:
    return quality.check(say)
