"""The words that may follow `./suar events` and `./suar audit`. Read without an environment: standard library only."""

import argparse
import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from suar_cli.parser import Parser, whole_number
from suar_operator.events.formatting import moment
from suar_operator.folder import add_data_option
from suar_operator.services import OWNERS


def add_events(parser: Parser) -> None:
    """Add what may follow `suar events`."""
    verbs = parser.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    verbs.required, verbs.dest = True, "perintah"
    for add in (_add_reading, _add_changing, _add_reconciling):
        add(verbs)


def add_audit(root: Parser) -> None:
    """Add what may follow `suar audit`."""
    verbs = root.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    verbs.required, verbs.dest = True, "perintah"
    parser = _verb(verbs, "verify", "telusuri semua jejak audit (0 utuh, 1 ada yang rusak)")
    parser.add_argument(
        "--checkpoints",
        type=Path,
        metavar="BERKAS",
        help="bandingkan dengan keluaran heads atau log yang disimpan di luar",
    )
    _json(parser)
    _audited(parser)
    parser = _verb(verbs, "heads", "ujung tiap jejak audit, untuk disimpan di luar")
    parser.add_argument("--out", type=Path, metavar="BERKAS", help="berkas JSON Lines; ditambah di akhir")
    _audited(parser)


def _add_reading(verbs: "argparse._SubParsersAction[Parser]") -> None:
    for name, summary in (
        ("status", "yang menunggu di tiap layanan (0 baik, 1 ada yang perlu dilihat)"),
        ("parked", "peristiwa yang diparkir, menurut sebabnya"),
        ("replays", "pengiriman ulang riwayat yang pernah diminta"),
    ):
        parser = _verb(verbs, name, summary)
        _many_services(parser)
        _json(parser)
    parser = _verb(verbs, "list", "peristiwa gagal satu per satu: ditunda, diparkir, dibuang")
    _service(parser)
    _group(parser)
    parser.add_argument("--state", choices=("DEFERRED", "PARKED", "DISCARDED"), help="hanya yang begini keadaannya")
    _limit(parser, 100)
    _json(parser)
    parser = _verb(verbs, "show", "satu peristiwa gagal: isi dan kesalahannya")
    parser.add_argument("id", type=_uuid, metavar="ID")
    _many_services(parser)
    _json(parser)
    parser = _verb(verbs, "subscribers", "siapa di luar yang menerima satu jenis peristiwa, dan lewat apa")
    parser.add_argument("name", metavar="JENIS", help="misalnya appraisal.AppraisalCompleted.v1")
    parser.add_argument("--agency", metavar="INSTANSI", help="hanya instansi ini (bawaan: semua)")
    _json(parser)
    parser = _verb(verbs, "history", "yang pernah diterbitkan satu layanan")
    _service(parser)
    _since(parser, "bawaan: 24 jam terakhir")
    _limit(parser, 100)
    _json(parser)


def _add_changing(verbs: "argparse._SubParsersAction[Parser]") -> None:
    parser = _verb(verbs, "retry", "coba lagi: menurut id, satu kelompok, atau semua")
    _selection(parser)
    parser = _verb(verbs, "edit", "ubah isi peristiwa yang diparkir, lalu coba lagi dengan --retry")
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
    parser = _verb(verbs, "discard", "buang dengan alasan; tetap tersimpan")
    _selection(parser)
    _reason(parser)
    parser = _verb(verbs, "archive", "simpan yang sudah dibuang ke berkas, lalu lepas dari layanan")
    _service(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="BERKAS", help="berkas JSON Lines; ditambah di akhir"
    )
    parser.add_argument("--before", type=_moment, metavar="SAAT", help="hanya yang dibuang sebelum saat ini")
    parser = _verb(verbs, "replay", "kirim ulang riwayat satu layanan kepada satu layanan")
    parser.add_argument("producer", choices=OWNERS, metavar="DARI")
    parser.add_argument("consumer", metavar="KEPADA")
    _since(parser, "wajib", required=True)
    _wait(parser)


def _add_reconciling(verbs: "argparse._SubParsersAction[Parser]") -> None:
    parser = _verb(verbs, "reconcile", "bandingkan yang diterbitkan dengan yang berlaku (0 sama, 1 berbeda)")
    parser.add_argument("--producer", action="append", default=[], choices=OWNERS, metavar="LAYANAN", help="hanya dari")
    parser.add_argument(
        "--consumer", action="append", default=[], choices=OWNERS, metavar="LAYANAN", help="hanya kepada"
    )
    _since(parser, "bawaan: 24 jam terakhir")
    parser.add_argument("--repair", action="store_true", help="kirim ulang yang hilang, lalu bandingkan lagi")
    _wait(parser)
    _json(parser)


def _verb(verbs: "argparse._SubParsersAction[Parser]", name: str, summary: str) -> Parser:
    parser = verbs.add_parser(name, help=summary, description=summary)
    parser.set_defaults(run=_run, verb=name, parser=parser)
    parser.add_argument(
        "--url",
        default=os.environ.get("SUAR_URL") or None,
        metavar="URL",
        help="sistem yang berjalan (atau SUAR_URL); sandi operator dari OPERATOR_PASSWORD",
    )
    parser.add_argument("--username", metavar="NAMA", help="akun operator untuk --url (atau OPERATOR_USERNAME)")
    add_data_option(parser, "folder data di mesin ini")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    from suar_operator.events.commands import run

    return run(arguments)


def _service(parser: Parser) -> None:
    parser.add_argument("service", choices=OWNERS, metavar="LAYANAN", help=", ".join(OWNERS))


def _many_services(parser: Parser) -> None:
    parser.add_argument("services", nargs="*", type=_known_service, metavar="LAYANAN", help="bawaan: semua")


def _audited(parser: Parser) -> None:
    parser.add_argument("services", nargs="*", type=_known_owner, metavar="LAYANAN", help="bawaan: semua")


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


def _known_owner(text: str) -> str:
    if text not in OWNERS:
        raise argparse.ArgumentTypeError(f"{text!r} tidak dikenal; pilih salah satu: {', '.join(OWNERS)}")
    return text


def _known_service(text: str) -> str:
    if text not in OWNERS:
        raise argparse.ArgumentTypeError(f"{text!r} tidak dikenal; pilih salah satu: {', '.join(OWNERS)}")
    return text


def _moment(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError:
        wanted = "2026-07-01, 2026-07-01T08:00+07:00, atau 90m, 12j, 7d"
        raise argparse.ArgumentTypeError(f"{text!r} bukan saat; tulis misalnya {wanted}") from None
