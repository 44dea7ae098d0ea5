"""`./suar demo`."""

import argparse
from collections.abc import Callable

from suar_cli.parser import Parser, address, whole_number

FEWEST_EMPLOYEES, MOST_EMPLOYEES = 100, 200_000
LOOPBACK = "127.0.0.1"
OPERATOR = "operator@suar.example"


def _add_demo(parser: Parser) -> None:
    parser.set_defaults(run=_demo)
    parser.add_argument(
        "--once", action="store_true", help="berhenti sesudah cerita: 0 bila semua angka sesuai, 1 bila tidak"
    )
    parser.add_argument(
        "--employees",
        type=whole_number(FEWEST_EMPLOYEES, MOST_EMPLOYEES),
        default=500,
        metavar="N",
        help=f"jumlah pegawai, {FEWEST_EMPLOYEES} sampai {MOST_EMPLOYEES} (bawaan: 500)",
    )
    parser.add_argument(
        "--seed", type=whole_number(0, 2**31), default=2026, metavar="S", help="benih data contoh (bawaan: 2026)"
    )
    parser.add_argument(
        "--port",
        type=whole_number(0, 65535),
        default=8080,
        help="port pintu tunggal, 0 sampai 65535; 0 memilih yang bebas (bawaan: 8080)",
    )
    parser.add_argument("--bus", type=address("amqp", "amqps"), metavar="URL", help="amqp://… broker yang sudah ada")
    parser.add_argument(
        "--database",
        type=address("postgresql", "postgres"),
        metavar="URL",
        help="postgresql://… server yang sudah ada (peran pengelola)",
    )
    parser.add_argument(
        "--against",
        type=address("http", "https"),
        metavar="URL",
        help="mainkan cerita pada sistem yang sudah berjalan di alamat ini",
    )
    parser.add_argument(
        "--reach",
        default=LOOPBACK,
        metavar="NAMA",
        help="dengan --against: nama mesin ini bagi sistem itu, untuk webhook dan surel (bawaan: 127.0.0.1)",
    )
    parser.add_argument(
        "--operator",
        default=OPERATOR,
        metavar="NAMA",
        help=f"dengan --against: nama akun operator (bawaan: {OPERATOR})",
    )


PARSERS: dict[str, Callable[[Parser], None]] = {"demo": _add_demo}


def _demo(arguments: argparse.Namespace) -> int:
    from suar_demo.run import run

    return run(arguments)
