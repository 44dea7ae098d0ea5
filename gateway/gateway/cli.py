"""Commands around identity: the first operator, and signing keys."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from chassis.errors import AppError
from chassis.settings import SettingsError, load


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except SettingsError as error:
        sys.exit(str(error))
    except AppError as error:
        wanted = "".join(f"\n  {one.field}: {one.expected}" for one in error.errors)
        sys.exit(f"{error.code}: {error.detail}{wanted}")
    except (ValueError, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gateway", description=__doc__)
    verbs = parser.add_subparsers(required=True)

    operator = verbs.add_parser("bootstrap-operator", help="create the first operator, unless the username exists")
    operator.add_argument("--username", required=True, help="NIP or e-mail address")
    operator.add_argument("--agency", default="suar", help="the agency whose audit trail shows what the operator does")
    operator.set_defaults(run=_bootstrap)

    keys = verbs.add_parser("make-keys", help="make a signing key; older public keys stay valid behind the new one")
    keys.add_argument("--private", type=Path, required=True)
    keys.add_argument("--public", type=Path, required=True)
    keys.set_defaults(run=_make_keys)
    return parser


def _bootstrap(options: argparse.Namespace) -> None:
    from chassis.wiring import make_unit_of_work
    from gateway.dependencies import make_identity_services
    from gateway.settings import SERVICE, Settings
    from gateway.use_cases.accounts.bootstrap_operator import BootstrapOperator, bootstrap_operator

    settings = load(Settings, SERVICE)
    password = os.environ.get("OPERATOR_PASSWORD") or sys.stdin.readline().rstrip("\n")
    if not password:
        raise ValueError("no password: set OPERATOR_PASSWORD, or write it to the standard input")
    work = make_unit_of_work(settings, process="cli")
    command = BootstrapOperator(options.username, password, options.agency)
    created = bootstrap_operator(work, make_identity_services(settings), command)
    _print(f"operator {options.username} " + ("created" if created else "exists already; nothing changed"))


def _make_keys(options: argparse.Namespace) -> None:
    from gateway.crypto import make_keys

    if options.private.exists():
        raise ValueError(f"{options.private} exists; name a new file and switch to it once every service knows the key")
    _print(f"key {make_keys(options.private, options.public)}")


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
