"""`./suar sample`."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from suar_cli.main import say
from suar_cli.parser import Parser, whole_number


def _add_sample(parser: Parser) -> None:
    parser.set_defaults(run=_sample)
    parser.add_argument(
        "--employees",
        type=whole_number(50, 500_000),
        required=True,
        metavar="N",
        help="banyaknya pegawai, 50 sampai 500000",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="benih; benih yang sama memberi berkas yang sama (bawaan: 1)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder tujuan")
    parser.add_argument("--force", action="store_true", help="timpa berkas contoh yang sudah ada di folder tujuan")
    parser.add_argument(
        "--year", type=whole_number(2000, 2100), default=2026, help="tahun kinerja, 2000 sampai 2100 (bawaan: 2026)"
    )
    parser.add_argument(
        "--dirt",
        dest="defect_share",
        type=float,
        default=0.03,
        metavar="BAGIAN",
        help="bagian baris yang salah, 0 sampai 0.5 (bawaan: 0.03)",
    )
    parser.add_argument(
        "--format", choices=("csv", "xlsx", "semua"), default="semua", help="bentuk berkas (bawaan: semua)"
    )


PARSERS: dict[str, Callable[[Parser], None]] = {"sample": _add_sample}


def _sample(arguments: argparse.Namespace) -> int:
    from suar_sample.generate import MANIFEST, SampleRequest, write_sample

    if (arguments.out / MANIFEST).exists() and not arguments.force:
        arguments.parser.fail(f"--out: folder {arguments.out} sudah berisi berkas contoh; timpa dengan --force.")
    formats = ("csv", "xlsx") if arguments.format == "semua" else (arguments.format,)
    try:
        request = SampleRequest(
            arguments.employees, arguments.seed, arguments.out, arguments.year, arguments.defect_share, formats
        )
        began = time.monotonic()
        manifest = write_sample(request, _progress(arguments.employees))
    except ValueError:
        arguments.parser.fail(f"--dirt: {arguments.defect_share} harus 0 sampai 0.5.")
    except OSError as error:
        arguments.parser.fail(f"--out: folder {arguments.out} tidak dapat ditulisi ({error.strerror}).")
    people = manifest["employees"]
    seconds = time.monotonic() - began
    say(
        f"{people['rows']} baris pegawai, {seconds:.1f} detik: {arguments.out}\n"
        f"  impor akan menerima {people['accepted']} dan menolak {people['refused']}; "
        f"{people['bad'] - people['refused']} yang diterima memuat sel yang salah"
    )
    for name, count in sorted(manifest["rows"].items()):
        say(f"  {name:<18} {count:>8} baris")
    say("  manifest.json      hitungan tepat, dan letak setiap kesalahan yang disengaja")
    return 0


def _progress(total: int) -> Callable[[int], None]:
    def show(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}/{total} pegawai …" if done < total else "\r\033[K")
            sys.stderr.flush()

    return show
