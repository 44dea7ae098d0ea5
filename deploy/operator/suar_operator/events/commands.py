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
from suar_operator.events.operator_client import Door, open_door
from suar_operator.services import OWNERS, SERVICES

Run = Callable[[Door, argparse.Namespace], int]
DONE, NOTHING_DONE = 0, 1
USUAL_REACH = timedelta(days=1)


def run(arguments: argparse.Namespace) -> int:
    """Run the verb of a command line as the operator that it names."""
    door = open_door(url=arguments.url, data=arguments.data, username=arguments.username)
    try:
        return HANDLERS[arguments.verb](door, arguments)
    finally:
        door.close()


def _status(door: Door, arguments: argparse.Namespace) -> int:
    contracts = Contracts(contracts_folder())
    return _tell(inspect.status(door, contracts, inspect.chosen(arguments.services), as_json=arguments.json))


def _parked(door: Door, arguments: argparse.Namespace) -> int:
    return _tell(inspect.parked(door, inspect.chosen(arguments.services), as_json=arguments.json))


def _replays(door: Door, arguments: argparse.Namespace) -> int:
    return _tell(inspect.replays(door, inspect.chosen(arguments.services), as_json=arguments.json))


def _list(door: Door, arguments: argparse.Namespace) -> int:
    wanted = {key: getattr(arguments, key) for key in ("state", "producer", "name", "cause")}
    return _tell(inspect.held(door, arguments.service, wanted, limit=arguments.limit, as_json=arguments.json))


def _show(door: Door, arguments: argparse.Namespace) -> int:
    return _tell(inspect.show(door, arguments.id, inspect.chosen(arguments.services), as_json=arguments.json))


def _history(door: Door, arguments: argparse.Namespace) -> int:
    return _tell(
        inspect.history(door, arguments.service, arguments.since, limit=arguments.limit, as_json=arguments.json)
    )


def _replay(door: Door, arguments: argparse.Namespace) -> int:
    return _recorded(door, retry.replay(door, _selected(arguments), _say), if_none=NOTHING_DONE)


def _discard(door: Door, arguments: argparse.Namespace) -> int:
    affected = retry.discard(door, _selected(arguments), arguments.reason, _say)
    return _recorded(door, affected, if_none=NOTHING_DONE)


def _edit(door: Door, arguments: argparse.Namespace) -> int:
    data = retry.edit(door, arguments.service, arguments.id, _change(arguments), arguments.reason)
    _say(json.dumps(data, indent=1, ensure_ascii=False))
    if arguments.replay:
        retry.replay(door, retry.Selection(arguments.service, [arguments.id]), _say)
    return _recorded(door, 1)


def _archive(door: Door, arguments: argparse.Namespace) -> int:
    affected = retry.archive(door, arguments.service, arguments.out, arguments.before, _say)
    return _recorded(door, affected, if_none=DONE)


def _again(door: Door, arguments: argparse.Namespace) -> int:
    retry.say_again(
        door, arguments.producer, arguments.consumer, arguments.since, wait_seconds=arguments.wait, say=_say
    )
    return _recorded(door, 1)


def _reconcile(door: Door, arguments: argparse.Namespace) -> int:
    since = arguments.since or datetime.now(UTC) - USUAL_REACH
    comparison = reconcile.Reconciliation(door, Contracts(contracts_folder()), since, _say)
    ends = (arguments.producer or SERVICES, arguments.consumer or SERVICES)
    pairs = comparison.compare(*ends)
    if arguments.repair and any(pair.missing for pair in pairs):
        comparison.repair(pairs, wait_seconds=arguments.wait)
        pairs = comparison.compare(*ends)
    if arguments.json:
        _say(json.dumps([pair.as_json() for pair in pairs], indent=1))
    else:
        _say("\n".join(reconcile.report(pairs, since)))
    return reconcile.DIFFERENT if any(pair.differs for pair in pairs) else reconcile.SAME


def _audit_verify(door: Door, arguments: argparse.Namespace) -> int:
    return _tell(audit.check(door, arguments.services or OWNERS, arguments.anchor, as_json=arguments.json))


def _audit_heads(door: Door, arguments: argparse.Namespace) -> int:
    _say(audit.heads(door, arguments.services or OWNERS, arguments.out))
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


def _tell(found: tuple[str, int]) -> int:
    _say(found[0])
    return found[1]


def _recorded(door: Door, affected: int, *, if_none: int = DONE) -> int:
    if not affected:
        return if_none
    sys.stderr.write(f"Tercatat dalam jejak audit atas nama {door.who}.\n")
    return DONE


def _say(words: str) -> None:
    print(words, flush=True)


HANDLERS: dict[str, Run] = {
    "status": _status,
    "parked": _parked,
    "replays": _replays,
    "list": _list,
    "show": _show,
    "history": _history,
    "replay": _replay,
    "edit": _edit,
    "discard": _discard,
    "archive": _archive,
    "replay-history": _again,
    "reconcile": _reconcile,
    "verify": _audit_verify,
    "heads": _audit_heads,
}
