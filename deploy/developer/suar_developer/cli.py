"""`./suar test`, `check`, `describe` and `new`."""

import argparse
from collections.abc import Callable

from suar_cli.main import say
from suar_cli.parser import Parser
from suar_cli.places import project_folder
from suar_operator.services import COMPONENTS


def _add_test(parser: Parser) -> None:
    parser.set_defaults(run=_test)
    parser.add_argument("--no-check", action="store_true", help="langsung uji, tanpa pemeriksaan kode")
    parser.add_argument("pytest", nargs="*", metavar="UJI", help="berkas atau pilihan pytest (setelah --)")


def _add_check(parser: Parser) -> None:
    parser.set_defaults(run=_check)


def _add_describe(parser: Parser) -> None:
    parser.set_defaults(run=_describe)
    parser.add_argument(
        "component", nargs="?", choices=COMPONENTS, metavar="NAMA", help=f"{', '.join(COMPONENTS)}; bawaan: semua"
    )


def _add_new(parser: Parser) -> None:
    kinds = parser.add_subparsers(
        title="perintah", metavar="PERINTAH", dest="perintah", required=True, parser_class=Parser
    )
    summary = "layanan baru yang langsung bekerja, dengan ujinya, dan terdaftar di mana pun perlu"
    service = kinds.add_parser("service", help=summary, description=summary)
    service.set_defaults(run=_new_service, parser=service)
    service.add_argument("name", metavar="NAMA", help="nama paket dan alamatnya: huruf kecil a-z, mis. leave")


PARSERS: dict[str, Callable[[Parser], None]] = {
    "test": _add_test,
    "check": _add_check,
    "describe": _add_describe,
    "new": _add_new,
}


def _test(arguments: argparse.Namespace) -> int:
    from suar_developer import quality

    if not arguments.no_check:
        code = quality.check(say)
        if code:
            return code
    return quality.test(say, arguments.pytest)


def _check(_arguments: argparse.Namespace) -> int:
    from suar_developer import quality

    return quality.check(say)


def _describe(arguments: argparse.Namespace) -> int:
    from suar_developer.describe import describe

    for component in (arguments.component,) if arguments.component else COMPONENTS:
        say(f"ditulis: {describe(component).relative_to(project_folder())}")
    return 0


def _new_service(arguments: argparse.Namespace) -> int:
    from suar_developer.new_service import make_service

    name = arguments.name
    for path in make_service(project_folder(), name):
        say(f"ditulis: {path}")
    tests = f"tests/{name} tests/architecture tests/access tests/compose"
    say(f"Periksa: ./suar check, lalu ./suar test --no-check -- {tests}")
    say("Selanjutnya: docs/adding-a-service.md")
    return 0
