"""The verbs of `./suar events` and `./suar audit`: from read arguments to what is shown."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.bus.contracts import Contracts
from suar_cli.errors import RunnerError
from suar_cli.hints import with_cause
from suar_cli.places import contracts_folder
from suar_operator.events import audit, inspect, reconcile, retry
from suar_operator.events.operator_client import OperatorClient, connect
from suar_operator.events.subscribers import subscribers
from suar_operator.services import OWNERS

Run = Callable[[OperatorClient, argparse.Namespace], int]
DONE, NOTHING_DONE = 0, 1
DEFAULT_PERIOD = timedelta(days=1)


def run(arguments: argparse.Namespace) -> int:
    """Run the verb of a command line as the operator that it names."""
    client = connect(url=arguments.url, data=arguments.data, username=arguments.username)
    try:
        return HANDLERS[arguments.verb](client, arguments)
    finally:
        client.close()


def _status(client: OperatorClient, arguments: argparse.Namespace) -> int:
    contracts = Contracts(contracts_folder())
    return _print_result(inspect.status(client, contracts, inspect.chosen(arguments.services), as_json=arguments.json))


def _parked(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(inspect.parked(client, inspect.chosen(arguments.services), as_json=arguments.json))


def _replays(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(inspect.replays(client, inspect.chosen(arguments.services), as_json=arguments.json))


def _list(client: OperatorClient, arguments: argparse.Namespace) -> int:
    wanted = {key: getattr(arguments, key) for key in ("state", "producer", "name", "cause")}
    return _print_result(
        inspect.failed(client, arguments.service, wanted, limit=arguments.limit, as_json=arguments.json)
    )


def _show(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(inspect.show(client, arguments.id, inspect.chosen(arguments.services), as_json=arguments.json))


def _history(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(
        inspect.history(client, arguments.service, arguments.since, limit=arguments.limit, as_json=arguments.json)
    )


def _subscribers(client: OperatorClient, arguments: argparse.Namespace) -> int:
    _print(subscribers(client, arguments.name, arguments.agency, as_json=arguments.json))
    return DONE


def _retry(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _audited_code(client, retry.retry(client, _selected(arguments), _print), if_none=NOTHING_DONE)


def _discard(client: OperatorClient, arguments: argparse.Namespace) -> int:
    affected = retry.discard(client, _selected(arguments), arguments.reason, _print)
    return _audited_code(client, affected, if_none=NOTHING_DONE)


def _edit(client: OperatorClient, arguments: argparse.Namespace) -> int:
    data = retry.edit(client, arguments.service, arguments.id, _change(arguments), arguments.reason)
    _print(json.dumps(data, indent=1, ensure_ascii=False))
    if arguments.retry:
        retry.retry(client, retry.Selection(arguments.service, [arguments.id]), _print)
    return _audited_code(client, 1)


def _archive(client: OperatorClient, arguments: argparse.Namespace) -> int:
    affected = retry.archive(client, arguments.service, arguments.out, arguments.before, _print)
    return _audited_code(client, affected, if_none=DONE)


def _replay(client: OperatorClient, arguments: argparse.Namespace) -> int:
    retry.replay(
        client, arguments.producer, arguments.consumer, arguments.since, wait_seconds=arguments.wait, show=_print
    )
    return _audited_code(client, 1)


def _reconcile(client: OperatorClient, arguments: argparse.Namespace) -> int:
    since = arguments.since or datetime.now(UTC) - DEFAULT_PERIOD
    comparison = reconcile.Reconciliation(client, Contracts(contracts_folder()), since, _print)
    ends = (arguments.producer or OWNERS, arguments.consumer or OWNERS)
    pairs = comparison.compare(*ends)
    if arguments.repair and any(pair.missing for pair in pairs):
        comparison.repair(pairs, wait_seconds=arguments.wait)
        pairs = comparison.compare(*ends)
    if arguments.json:
        _print(json.dumps([pair.as_json() for pair in pairs], indent=1))
    else:
        _print("\n".join(reconcile.report(pairs, since)))
    return reconcile.DIFFERENT if any(pair.differs for pair in pairs) else reconcile.SAME


def _audit_verify(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(
        audit.check(client, arguments.services or OWNERS, arguments.checkpoints, as_json=arguments.json)
    )


def _audit_heads(client: OperatorClient, arguments: argparse.Namespace) -> int:
    _print(audit.heads(client, arguments.services or OWNERS, arguments.out))
    return DONE


def _selected(arguments: argparse.Namespace) -> retry.Selection:
    named = arguments.producer or arguments.name or arguments.cause
    if sum((bool(arguments.id), bool(named), arguments.all)) != 1:
        arguments.parser.fail("sebutkan ID, atau kelompok (--producer, --name, --cause), atau --all; salah satu saja.")
    return retry.Selection(
        arguments.service, arguments.id, arguments.producer, arguments.name, arguments.cause, arguments.all
    )


def _change(arguments: argparse.Namespace) -> dict[str, Any]:
    change: dict[str, Any] = {}
    if arguments.file:
        try:
            change = json.loads(sys.stdin.read() if str(arguments.file) == "-" else arguments.file.read_text())
        except OSError as error:
            raise RunnerError(f"--file: {arguments.file} tidak dapat dibaca ({error.strerror}).") from error
        except ValueError as error:
            raise RunnerError(with_cause("--file: bukan JSON.", error)) from error
        if not isinstance(change, dict):
            raise RunnerError('--file: harus objek JSON, misalnya {"jp": 20}.')
    for item in arguments.set:
        name, separator, value = item.partition("=")
        if not separator or not name:
            arguments.parser.fail(f"--set: {item!r} tidak berbentuk BIDANG=NILAI.")
        change[name] = _value(value)
    if not change:
        arguments.parser.fail("belum ada yang diubah: isi --set atau --file.")
    return change


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _print_result(found: tuple[str, int]) -> int:
    _print(found[0])
    return found[1]


def _audited_code(client: OperatorClient, affected: int, *, if_none: int = DONE) -> int:
    if not affected:
        return if_none
    sys.stderr.write(f"Tercatat dalam jejak audit atas nama {client.who}.\n")
    return DONE


def _print(text: str) -> None:
    print(text, flush=True)


HANDLERS: dict[str, Run] = {
    "status": _status,
    "parked": _parked,
    "replays": _replays,
    "list": _list,
    "show": _show,
    "history": _history,
    "subscribers": _subscribers,
    "retry": _retry,
    "edit": _edit,
    "discard": _discard,
    "archive": _archive,
    "replay": _replay,
    "reconcile": _reconcile,
    "verify": _audit_verify,
    "heads": _audit_heads,
}
