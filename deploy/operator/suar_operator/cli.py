"""`./suar init`, `operator`, `events` and `audit`."""

import argparse
from collections.abc import Callable

from suar_cli.main import say
from suar_cli.parser import Parser
from suar_cli.places import project_folder
from suar_operator import init, operator_account
from suar_operator.events.arguments import add_audit, add_events
from suar_operator.folder import DataFolder, add_data_option


def _add_init(parser: Parser) -> None:
    parser.set_defaults(run=init.run)
    init.add_arguments(parser, project_folder())


def _add_operator(parser: Parser) -> None:
    parser.set_defaults(run=_operator)
    parser.description = f"{parser.description}.\n{operator_account.HELP}"
    operator_account.add_account_options(parser)
    add_data_option(parser)


PARSERS: dict[str, Callable[[Parser], None]] = {
    "init": _add_init,
    "operator": _add_operator,
    "events": add_events,
    "audit": add_audit,
}


def _operator(arguments: argparse.Namespace) -> int:
    folder, password = DataFolder(arguments.data), operator_account.read_password()
    say(operator_account.create_operator(folder, arguments.username, arguments.agency, password))
    return 0
