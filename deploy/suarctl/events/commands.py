"""`suar events …` and `suar audit …`: the parsers of the command line, and the function of each command."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from chassis.bus.contracts import Contracts
from suarctl.events import act, audit, look, reconcile
from suarctl.events.door import OperatorClient, connect
from suarctl.events.words import moment
from suarctl.parser import Parser, whole_number
from suarctl.runner.databases import OWNERS, SERVICES
from suarctl.runner.errors import RunnerError
from suarctl.runner.folder import default_folder
from suarctl.runner.plan import contracts_folder

Run = Callable[[OperatorClient, argparse.Namespace], int]
DONE, NOTHING_DONE = 0, 1
DEFAULT_PERIOD = timedelta(days=1)


def build_parser() -> Parser:
    """Build the parser of `suar events`."""
    parser = Parser(prog="suar events", description="Lihat dan tangani peristiwa antarlayanan.")
    verbs = parser.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    verbs.required, verbs.dest = True, "perintah"
    for add in (_add_reading, _add_changing, _add_reconciling):
        add(verbs)
    return parser


def build_audit_parser() -> Parser:
    """Build the parser of `suar audit`."""
    root = Parser(prog="suar audit", description="Periksa apakah jejak audit utuh.")
    verbs = root.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    verbs.required, verbs.dest = True, "perintah"
    parser = _verb(verbs, "verify", "telusuri semua jejak audit (0 utuh, 1 ada yang rusak)", _audit_verify)
    parser.add_argument(
        "--checkpoints",
        type=Path,
        metavar="BERKAS",
        help="bandingkan dengan keluaran heads atau log yang disimpan di luar",
    )
    _json(parser)
    _audited(parser)
    parser = _verb(verbs, "heads", "ujung tiap jejak audit, untuk disimpan di luar", _audit_heads)
    parser.add_argument("--out", type=Path, metavar="BERKAS", help="berkas JSON Lines; ditambah di akhir")
    _audited(parser)
    return root


def _add_reading(verbs: "argparse._SubParsersAction[Parser]") -> None:
    for name, summary, run in (
        ("status", "yang menunggu di tiap layanan (0 baik, 1 ada yang perlu dilihat)", _status),
        ("parked", "peristiwa yang diparkir, menurut sebabnya", _parked),
        ("replays", "pengiriman ulang riwayat yang pernah diminta", _replays),
    ):
        parser = _verb(verbs, name, summary, run)
        _many_services(parser)
        _json(parser)
    parser = _verb(verbs, "list", "peristiwa gagal satu per satu: ditunda, diparkir, dibuang", _list)
    _service(parser)
    _group(parser)
    parser.add_argument("--state", choices=("DEFERRED", "PARKED", "DISCARDED"), help="hanya yang begini keadaannya")
    _limit(parser, 100)
    _json(parser)
    parser = _verb(verbs, "show", "satu peristiwa gagal: isi dan kesalahannya", _show)
    parser.add_argument("id", type=_uuid, metavar="ID")
    _many_services(parser)
    _json(parser)
    parser = _verb(verbs, "history", "yang pernah diterbitkan satu layanan", _history)
    _service(parser)
    _since(parser, "bawaan: 24 jam terakhir")
    _limit(parser, 100)
    _json(parser)


def _add_changing(verbs: "argparse._SubParsersAction[Parser]") -> None:
    parser = _verb(verbs, "retry", "coba lagi: menurut id, satu kelompok, atau semua", _retry)
    _selection(parser)
    parser = _verb(verbs, "edit", "ubah isi peristiwa yang diparkir, lalu coba lagi dengan --retry", _edit)
    _service(parser)
    parser.add_argument("id", type=_uuid, metavar="ID")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="BIDANG=NILAI",
        help="nilai baru; teks, atau JSON jika dapat dibaca",
    )
    parser.add_argument(
        "--file", type=Path, metavar="BERKAS", help="bidang-bidang baru sebagai JSON; -: masukan standar"
    )
    _reason(parser)
    parser.add_argument("--retry", action="store_true", help="coba lagi sesudahnya")
    parser = _verb(verbs, "discard", "buang dengan alasan; tetap tersimpan", _discard)
    _selection(parser)
    _reason(parser)
    parser = _verb(verbs, "archive", "simpan yang sudah dibuang ke berkas, lalu lepas dari layanan", _archive)
    _service(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="BERKAS", help="berkas JSON Lines; ditambah di akhir"
    )
    parser.add_argument("--before", type=_moment, metavar="SAAT", help="hanya yang dibuang sebelum saat ini")
    parser = _verb(verbs, "replay", "kirim ulang riwayat satu layanan kepada satu layanan", _replay)
    parser.add_argument("producer", choices=SERVICES, metavar="DARI")
    parser.add_argument("consumer", metavar="KEPADA")
    _since(parser, "wajib", required=True)
    _wait(parser)


def _add_reconciling(verbs: "argparse._SubParsersAction[Parser]") -> None:
    parser = _verb(
        verbs, "reconcile", "bandingkan yang diterbitkan dengan yang berlaku (0 sama, 1 berbeda)", _reconcile
    )
    parser.add_argument(
        "--producer", action="append", default=[], choices=SERVICES, metavar="LAYANAN", help="hanya dari"
    )
    parser.add_argument(
        "--consumer", action="append", default=[], choices=SERVICES, metavar="LAYANAN", help="hanya kepada"
    )
    _since(parser, "bawaan: 24 jam terakhir")
    parser.add_argument("--repair", action="store_true", help="kirim ulang yang hilang, lalu bandingkan lagi")
    _wait(parser)
    _json(parser)


def _verb(verbs: "argparse._SubParsersAction[Parser]", name: str, summary: str, run: Run) -> Parser:
    parser = verbs.add_parser(name, help=summary, description=summary)
    parser.set_defaults(run=lambda arguments: _run_connected(arguments, run), parser=parser)
    parser.add_argument(
        "--url",
        default=os.environ.get("SUAR_URL") or None,
        metavar="URL",
        help="sistem yang berjalan (atau SUAR_URL); sandi operator dari OPERATOR_PASSWORD",
    )
    parser.add_argument("--username", metavar="NAMA", help="akun operator untuk --url (atau OPERATOR_USERNAME)")
    standard = default_folder()
    parser.add_argument(
        "--data", type=Path, default=standard, metavar="DIR", help=f"folder data di mesin ini (bawaan: {standard})"
    )
    return parser


def _run_connected(arguments: argparse.Namespace, run: Run) -> int:
    client = connect(url=arguments.url, data=arguments.data, username=arguments.username)
    try:
        return run(client, arguments)
    finally:
        client.close()


def _status(client: OperatorClient, arguments: argparse.Namespace) -> int:
    contracts = Contracts(contracts_folder())
    return _print_result(look.status(client, contracts, look.chosen(arguments.services), as_json=arguments.json))


def _parked(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(look.parked(client, look.chosen(arguments.services), as_json=arguments.json))


def _replays(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(look.replays(client, look.chosen(arguments.services), as_json=arguments.json))


def _list(client: OperatorClient, arguments: argparse.Namespace) -> int:
    wanted = {key: getattr(arguments, key) for key in ("state", "producer", "name", "cause")}
    return _print_result(look.failed(client, arguments.service, wanted, limit=arguments.limit, as_json=arguments.json))


def _show(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(look.show(client, arguments.id, look.chosen(arguments.services), as_json=arguments.json))


def _history(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _print_result(
        look.history(client, arguments.service, arguments.since, limit=arguments.limit, as_json=arguments.json)
    )


def _retry(client: OperatorClient, arguments: argparse.Namespace) -> int:
    return _audited_code(client, act.retry(client, _selected(arguments), _print), if_none=NOTHING_DONE)


def _discard(client: OperatorClient, arguments: argparse.Namespace) -> int:
    affected = act.discard(client, _selected(arguments), arguments.reason, _print)
    return _audited_code(client, affected, if_none=NOTHING_DONE)


def _edit(client: OperatorClient, arguments: argparse.Namespace) -> int:
    data = act.edit(client, arguments.service, arguments.id, _change(arguments), arguments.reason)
    _print(json.dumps(data, indent=1, ensure_ascii=False))
    if arguments.retry:
        act.retry(client, act.Selection(arguments.service, [arguments.id]), _print)
    return _audited_code(client, 1)


def _archive(client: OperatorClient, arguments: argparse.Namespace) -> int:
    affected = act.archive(client, arguments.service, arguments.out, arguments.before, _print)
    return _audited_code(client, affected, if_none=DONE)


def _replay(client: OperatorClient, arguments: argparse.Namespace) -> int:
    act.replay(
        client, arguments.producer, arguments.consumer, arguments.since, wait_seconds=arguments.wait, show=_print
    )
    return _audited_code(client, 1)


def _reconcile(client: OperatorClient, arguments: argparse.Namespace) -> int:
    since = arguments.since or datetime.now(UTC) - DEFAULT_PERIOD
    comparison = reconcile.Reconciliation(client, Contracts(contracts_folder()), since, _print)
    ends = (arguments.producer or SERVICES, arguments.consumer or SERVICES)
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


def _selected(arguments: argparse.Namespace) -> act.Selection:
    named = arguments.producer or arguments.name or arguments.cause
    if sum((bool(arguments.id), bool(named), arguments.all)) != 1:
        arguments.parser.fail("sebutkan ID, atau kelompok (--producer, --name, --cause), atau --all; salah satu saja.")
    return act.Selection(
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
            raise RunnerError(f"--file: bukan JSON ({error}).") from error
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


def _service(parser: Parser) -> None:
    parser.add_argument("service", choices=SERVICES, metavar="LAYANAN", help=", ".join(SERVICES))


def _many_services(parser: Parser) -> None:
    parser.add_argument("services", nargs="*", type=_known_service, metavar="LAYANAN", help="bawaan: semua")


def _audited(parser: Parser) -> None:
    parser.add_argument("services", nargs="*", type=audit.owner, metavar="LAYANAN", help="bawaan: semua")


def _selection(parser: Parser) -> None:
    _service(parser)
    parser.add_argument("id", nargs="*", type=_uuid, metavar="ID")
    _group(parser)
    parser.add_argument("--all", action="store_true", help="semua yang diparkir di layanan itu")


def _group(parser: Parser) -> None:
    parser.add_argument("--producer", metavar="LAYANAN", help="hanya dari layanan ini")
    parser.add_argument("--name", metavar="NAMA", help="hanya peristiwa ini")
    parser.add_argument("--cause", metavar="SEBAB", help="hanya dengan sebab ini")


def _reason(parser: Parser) -> None:
    parser.add_argument("--reason", required=True, metavar="ALASAN", help="tercatat dalam jejak audit")


def _since(parser: Parser, standard: str, *, required: bool = False) -> None:
    text = f"2026-07-01, 2026-07-01T08:00+07:00, atau lamanya: 90m, 12j, 7d ({standard})"
    parser.add_argument("--since", type=_moment, required=required, metavar="SAAT", help=text)


def _limit(parser: Parser, standard: int) -> None:
    parser.add_argument(
        "--limit", type=whole_number(1, 100_000), default=standard, metavar="N", help=f"bawaan: {standard}"
    )


def _wait(parser: Parser) -> None:
    parser.add_argument("--wait", type=whole_number(0, 86_400), default=60, metavar="DETIK", help="tunggu (bawaan: 60)")


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="untuk dibaca program")


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan id peristiwa (UUID)") from None


def _known_service(text: str) -> str:
    if text not in SERVICES:
        raise argparse.ArgumentTypeError(f"{text!r} tidak dikenal; pilih salah satu: {', '.join(SERVICES)}")
    return text


def _moment(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError:
        wanted = "2026-07-01, 2026-07-01T08:00+07:00, atau 90m, 12j, 7d"
        raise argparse.ArgumentTypeError(f"{text!r} bukan saat; tulis misalnya {wanted}") from None


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
