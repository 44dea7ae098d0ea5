"""`./suar init`, `operator`, `events` and `audit`."""

import argparse
from collections.abc import Callable

from suar_cli.main import say
from suar_cli.parser import Parser
from suar_cli.places import project_folder
from suar_operator import init
from suar_operator.folder import DataFolder, add_data_option


def _add_init(parser: Parser) -> None:
    parser.set_defaults(run=init.run)
    init.add_arguments(parser, project_folder())


def _add_operator(parser: Parser) -> None:
    parser.set_defaults(run=_operator)
    parser.add_argument("--username", required=True, metavar="NAMA", help="nama masuk, misalnya alamat surel")
    parser.add_argument(
        "--agency", default="suar", metavar="KODE", help="instansi tempat jejak auditnya (bawaan: suar)"
    )
    add_data_option(parser)


def _add_events(parser: Parser) -> None:
    from suar_operator.events.commands import add_events

    add_events(parser)


def _add_audit(parser: Parser) -> None:
    from suar_operator.events.commands import add_audit

    add_audit(parser)


PARSERS: dict[str, Callable[[Parser], None]] = {
    "init": _add_init,
    "operator": _add_operator,
    "events": _add_events,
    "audit": _add_audit,
}


def _operator(arguments: argparse.Namespace) -> int:
    from suar_operator.operator_account import create_operator

    say(create_operator(DataFolder(arguments.data), arguments.username, arguments.agency))
    return 0
