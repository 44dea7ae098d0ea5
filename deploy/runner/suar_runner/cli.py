"""`./suar up`, `down`, `status` and `logs`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from suar_cli.hints import command
from suar_cli.main import say
from suar_cli.parser import Parser, address, from_file, whole_number
from suar_cli.signals import raise_keyboard_interrupt_on_signals
from suar_operator.folder import DataFolder, add_data_option
from suar_runner.options import DEFAULT_PORT, MODES, Options


def _add_up(parser: Parser) -> None:
    parser.set_defaults(run=_up)
    add_data_option(parser)
    parser.add_argument(
        "--port",
        type=whole_number(0, 65535),
        default=DEFAULT_PORT,
        help=f"port pintu masuk, 0 sampai 65535; 0: dipilihkan (bawaan: {DEFAULT_PORT})",
    )
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ALAMAT", help="alamat jaringan pintu masuk (bawaan: 127.0.0.1)"
    )
    parser.add_argument(
        "--bus",
        type=address("amqp", "amqps"),
        metavar="URL",
        help="pakai RabbitMQ yang ada: amqp://pengguna:sandi@server:5672, atau @BERKAS yang memuatnya",
    )
    parser.add_argument(
        "--database",
        type=address("postgresql", "postgres"),
        metavar="URL",
        help="pakai PostgreSQL yang ada: postgresql://admin@server/postgres, atau @BERKAS yang memuatnya",
    )
    parser.add_argument(
        "--smtp",
        type=address("smtp", "smtps"),
        metavar="URL",
        help="server surel: smtp://pengguna:sandi@server:587, atau @BERKAS yang memuatnya",
    )
    parser.add_argument(
        "--mode", choices=MODES, default="production", help="production, demo, atau test (bawaan: production)"
    )
    parser.add_argument(
        "--clock-file", type=Path, metavar="BERKAS", help="jam yang dapat diputar; hanya mode demo dan test"
    )
    parser.add_argument(
        "--api-workers",
        type=whole_number(1, 64),
        default=2,
        metavar="N",
        help="proses per API, 1 sampai 64 (bawaan: 2)",
    )
    parser.add_argument(
        "--set",
        action="append",
        type=from_file,
        default=[],
        metavar="NAMA=NILAI",
        help="setelan tambahan bagi semua proses; @BERKAS memuat NAMA=NILAI yang tidak boleh tampak di daftar proses",
    )
    parser.add_argument("--reset", action="store_true", help="hapus isi folder data, lalu mulai dari awal")
    parser.add_argument("--detach", action="store_true", help="jalankan di latar belakang")
    parser.add_argument("--temporary", action="store_true", help="hapus folder data setelah berhenti")


def _add_down(parser: Parser) -> None:
    parser.set_defaults(run=_down)
    add_data_option(parser)


def _add_status(parser: Parser) -> None:
    parser.set_defaults(run=_status)
    add_data_option(parser)


def _add_logs(parser: Parser) -> None:
    parser.set_defaults(run=_logs)
    parser.add_argument(
        "name", nargs="?", metavar="PROSES", help="misalnya personnel-api, appraisal-worker, postgres, runner"
    )
    parser.add_argument("-f", "--follow", action="store_true", help="ikuti terus; Ctrl-C untuk berhenti")
    parser.add_argument(
        "-n",
        "--lines",
        type=whole_number(1, 100000),
        default=40,
        metavar="N",
        help="banyaknya baris, 1 sampai 100000 (bawaan: 40)",
    )
    add_data_option(parser)


PARSERS: dict[str, Callable[[Parser], None]] = {
    "up": _add_up,
    "down": _add_down,
    "status": _add_status,
    "logs": _add_logs,
}


def _up(arguments: argparse.Namespace) -> int:
    raise_keyboard_interrupt_on_signals()
    options = Options(
        data=arguments.data.expanduser().absolute(),
        port=arguments.port,
        listen=arguments.listen,
        mode=arguments.mode,
        database=arguments.database,
        bus=arguments.bus,
        smtp=arguments.smtp,
        clock_file=arguments.clock_file.absolute() if arguments.clock_file else None,
        api_workers=arguments.api_workers,
        reset=arguments.reset,
        temporary=arguments.temporary,
        environment=_pairs(arguments),
    )
    if arguments.clock_file and arguments.mode == "production":
        arguments.parser.fail(
            "--clock-file hanya untuk --mode demo atau --mode test: di mode production jam tidak boleh diputar."
        )
    if arguments.detach:
        return _up_detached(options)
    from suar_runner.instance import Instance

    def when_up() -> None:
        say("Tekan Ctrl-C untuk berhenti.")

    Instance(options, say).run(when_up)
    return 0


def _up_detached(options: Options) -> int:
    from suar_runner.background import start_in_background

    running = start_in_background(options, say, outlives_us=True)
    stop = command("down", "--data", options.data)
    say(f"Berjalan di latar belakang: {running.base_url}. Hentikan dengan: {stop}")
    return 0


def _pairs(arguments: argparse.Namespace) -> dict[str, str]:
    pairs = {}
    for item in arguments.set:
        name, separator, value = item.partition("=")
        if not separator or not name:
            arguments.parser.fail(f"--set: {name!r} tidak berbentuk NAMA=NILAI.")
        pairs[name] = value
    return pairs


def _down(arguments: argparse.Namespace) -> int:
    from suar_runner.instance import stop_running

    folder = DataFolder(arguments.data)
    if not stop_running(folder):
        say(f"Tidak ada yang berjalan di {folder.path}.")
        return 0
    say("Semua proses sudah berhenti. Data tetap ada.")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from suar_runner.status import describe

    text, code = describe(DataFolder(arguments.data))
    say(text)
    return code


def _logs(arguments: argparse.Namespace) -> int:
    from suar_runner.logs import show

    show(DataFolder(arguments.data), arguments.name, say, follow=arguments.follow, lines=arguments.lines)
    return 0
