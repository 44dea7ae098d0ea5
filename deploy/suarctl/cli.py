"""The commands behind `./suar`. What people read here is Indonesian."""

import argparse
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from suarctl.parser import Parser, whole_number

Command = Callable[[argparse.Namespace], int]
EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; failures that the operator can mend end with a sentence and a code of their own."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["demo"]:
        raise SystemExit(_demo(words[1:]))
    arguments = _parse(words)
    from suarctl.runner.errors import RunnerError

    try:
        raise SystemExit(arguments.run(arguments))
    except RunnerError as error:
        sys.stderr.write(f"suar: {error}\n")
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        raise SystemExit(EXIT_INTERRUPTED) from None


def _parse(words: list[str]) -> argparse.Namespace:
    """What follows `events` and `audit` is known to its own module, which the other commands need not load."""
    if words[:1] == ["events"]:
        from suarctl.events.commands import build_parser as build_events_parser

        return build_events_parser().parse_args(words[1:])  # type: ignore[no-any-return]
    if words[:1] == ["audit"]:
        from suarctl.events.commands import build_audit_parser

        return build_audit_parser().parse_args(words[1:])  # type: ignore[no-any-return]
    return build_parser().parse_args(words)  # type: ignore[no-any-return]


def build_parser() -> Parser:
    parser = Parser(prog="suar", description="Suar: manajemen kinerja ASN. Jalankan satu perintah, misalnya: suar demo")
    commands = parser.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    commands.required = True
    commands.dest = "perintah"
    for add in COMMANDS:
        add(commands)
    return parser


def _command(commands: "argparse._SubParsersAction[Parser]", name: str, summary: str, run: Command) -> Parser:
    parser = commands.add_parser(name, help=summary, description=summary)
    parser.set_defaults(run=run, parser=parser)
    return parser


def _add_data(parser: Parser) -> None:
    from suarctl.runner.folder import default_folder

    standard = default_folder()
    parser.add_argument("--data", type=Path, default=standard, metavar="DIR", help=f"folder data (bawaan: {standard})")


def _add_demo(commands: "argparse._SubParsersAction[Parser]") -> None:
    commands.add_parser("demo", help="jalankan semuanya dan mainkan setahun sebuah kementerian contoh")


def _add_init(commands: "argparse._SubParsersAction[Parser]") -> None:
    from suarctl import init
    from suarctl.runner.plan import project_folder

    parser = _command(
        commands, "init", "buat berkas rahasia (.env) bagi docker-compose; yang sudah ada tidak diubah", init.run
    )
    init.add_arguments(parser, project_folder())


def _add_events(commands: "argparse._SubParsersAction[Parser]") -> None:
    commands.add_parser("events", help="lihat dan tangani peristiwa antarlayanan: yang menunggu, gagal, hilang")


def _add_audit(commands: "argparse._SubParsersAction[Parser]") -> None:
    commands.add_parser("audit", help="periksa apakah jejak audit utuh")


def _add_up(commands: "argparse._SubParsersAction[Parser]") -> None:
    from suarctl.runner.options import DEFAULT_PORT, MODES

    parser = _command(commands, "up", "jalankan semua layanan pada satu folder data", _up)
    _add_data(parser)
    parser.add_argument(
        "--port",
        type=whole_number(0, 65535),
        default=DEFAULT_PORT,
        help=f"port pintu masuk; 0: dipilihkan (bawaan: {DEFAULT_PORT})",
    )
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ALAMAT", help="alamat jaringan pintu masuk (bawaan: 127.0.0.1)"
    )
    parser.add_argument("--bus", metavar="URL", help="pakai RabbitMQ yang ada: amqp://pengguna:sandi@server:5672")
    parser.add_argument(
        "--database", metavar="URL", help="pakai PostgreSQL yang ada: postgresql://admin@server/postgres"
    )
    parser.add_argument("--smtp", metavar="URL", help="server surel: smtp://pengguna:sandi@server:587")
    parser.add_argument(
        "--mode", choices=MODES, default="production", help="production, demo, atau test (bawaan: production)"
    )
    parser.add_argument(
        "--clock-file", type=Path, metavar="BERKAS", help="jam yang dapat diputar; hanya mode demo dan test"
    )
    parser.add_argument(
        "--api-workers", type=whole_number(1, 64), default=2, metavar="N", help="proses per API (bawaan: 2)"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAMA=NILAI", help="setelan tambahan bagi semua proses"
    )
    parser.add_argument("--reset", action="store_true", help="hapus isi folder data, lalu mulai dari awal")
    parser.add_argument("--detach", action="store_true", help="jalankan di latar belakang")
    parser.add_argument("--temporary", action="store_true", help="hapus folder data setelah berhenti")


def _add_down(commands: "argparse._SubParsersAction[Parser]") -> None:
    _add_data(_command(commands, "down", "hentikan semua proses dengan tertib; data tetap ada", _down))


def _add_status(commands: "argparse._SubParsersAction[Parser]") -> None:
    _add_data(
        _command(
            commands, "status", "tampilkan keadaan tiap proses (0 sehat, 1 ada yang tidak siap, 3 berhenti)", _status
        )
    )


def _add_operator(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(commands, "operator", "buat akun operator pertama pada sistem yang sedang berjalan", _operator)
    parser.add_argument("--username", required=True, metavar="NAMA", help="nama masuk, misalnya alamat surel")
    parser.add_argument(
        "--agency", default="suar", metavar="KODE", help="instansi tempat jejak auditnya (bawaan: suar)"
    )
    _add_data(parser)


def _add_logs(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(commands, "logs", "tampilkan catatan (log) semua proses atau satu proses", _logs)
    parser.add_argument(
        "name", nargs="?", metavar="PROSES", help="misalnya personnel-api, appraisal-worker, postgres, runner"
    )
    parser.add_argument("-f", "--follow", action="store_true", help="ikuti terus; Ctrl-C untuk berhenti")
    parser.add_argument(
        "-n", "--lines", type=whole_number(1, 100000), default=40, metavar="N", help="banyaknya baris (bawaan: 40)"
    )
    _add_data(parser)


def _add_sample(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(
        commands, "sample", "buat berkas contoh: pegawai, unit, kehadiran, kelas jabatan, dan lainnya", _sample
    )
    parser.add_argument(
        "--employees", type=whole_number(50, 500_000), required=True, metavar="N", help="banyaknya pegawai, 50-500000"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="benih; benih yang sama memberi berkas yang sama (bawaan: 1)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder tujuan")
    parser.add_argument("--year", type=whole_number(2000, 2100), default=2026, help="tahun kinerja (bawaan: 2026)")
    parser.add_argument(
        "--dirt",
        type=float,
        default=0.03,
        metavar="BAGIAN",
        help="bagian baris yang salah, 0 sampai 0.5 (bawaan: 0.03)",
    )
    parser.add_argument(
        "--format", choices=("csv", "xlsx", "semua"), default="semua", help="bentuk berkas (bawaan: semua)"
    )


def _add_test(commands: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(commands, "test", "periksa kode, lalu jalankan semua uji pada landasan terbaik yang ada", _test)
    parser.add_argument("--no-check", action="store_true", help="langsung uji, tanpa pemeriksaan kode")
    parser.add_argument("pytest", nargs="*", metavar="UJI", help="berkas atau pilihan pytest (setelah --)")


def _add_check(commands: "argparse._SubParsersAction[Parser]") -> None:
    _command(commands, "check", "periksa kode saja: ruff, mypy, batas impor", _check)


COMMANDS = (
    _add_demo,
    _add_init,
    _add_up,
    _add_down,
    _add_status,
    _add_logs,
    _add_operator,
    _add_events,
    _add_audit,
    _add_sample,
    _add_test,
    _add_check,
)


def _demo(words: list[str]) -> int:
    if importlib.util.find_spec("suarctl.demo") is None:
        sys.stderr.write("suar: demo belum tersedia di pemasangan ini.\n")
        return 1
    from importlib import import_module

    return int(import_module("suarctl.demo").main(words) or 0)


def _up(arguments: argparse.Namespace) -> int:
    from suarctl.runner.instance import Instance
    from suarctl.runner.options import Options
    from suarctl.signals import raise_keyboard_interrupt_on_signals

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

    def when_up() -> None:
        _say("Tekan Ctrl-C untuk berhenti.")

    Instance(options, _say).run(when_up)
    return 0


def _up_detached(options: "object") -> int:
    from suarctl.runner.background import start_in_background
    from suarctl.runner.options import Options

    assert isinstance(options, Options)
    running = start_in_background(options, _say, outlives_us=True)
    _say(f"Berjalan di latar belakang: {running.base_url}. Hentikan dengan: suar down --data {options.data}")
    return 0


def _pairs(arguments: argparse.Namespace) -> dict[str, str]:
    pairs = {}
    for item in arguments.set:
        name, separator, value = item.partition("=")
        if not separator or not name:
            arguments.parser.fail(f"--set: {item!r} tidak berbentuk NAMA=NILAI.")
        pairs[name] = value
    return pairs


def _down(arguments: argparse.Namespace) -> int:
    from suarctl.runner.folder import DataFolder
    from suarctl.runner.instance import stop_running

    folder = DataFolder(arguments.data)
    if not stop_running(folder):
        _say(f"Tidak ada yang berjalan di {folder.path}.")
        return 0
    _say("Semua proses sudah berhenti. Data tetap ada.")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from suarctl.runner.folder import DataFolder
    from suarctl.status import describe

    text, code = describe(DataFolder(arguments.data))
    _say(text)
    return code


def _operator(arguments: argparse.Namespace) -> int:
    from suarctl.operator_account import create_operator
    from suarctl.runner.folder import DataFolder

    _say(create_operator(DataFolder(arguments.data), arguments.username, arguments.agency))
    return 0


def _logs(arguments: argparse.Namespace) -> int:
    from suarctl.logs import show
    from suarctl.runner.folder import DataFolder

    show(DataFolder(arguments.data), arguments.name, _say, follow=arguments.follow, lines=arguments.lines)
    return 0


def _sample(arguments: argparse.Namespace) -> int:
    from suarctl.sample import SampleRequest, write_sample

    formats = ("csv", "xlsx") if arguments.format == "semua" else (arguments.format,)
    try:
        request = SampleRequest(
            arguments.employees, arguments.seed, arguments.out, arguments.year, arguments.dirt, formats
        )
        began = time.monotonic()
        manifest = write_sample(request, _progress(arguments.employees))
    except ValueError:
        arguments.parser.fail(f"--dirt: {arguments.dirt} harus 0 sampai 0.5.")
    except OSError as error:
        arguments.parser.fail(f"--out: folder {arguments.out} tidak dapat ditulisi ({error.strerror}).")
    people = manifest["employees"]
    seconds = time.monotonic() - began
    _say(f"{people['good']} baris baik dan {people['bad']} baris bermasalah, {seconds:.1f} detik: {arguments.out}")
    for name, count in sorted(manifest["rows"].items()):
        _say(f"  {name:<18} {count:>8} baris")
    _say("  manifest.json      hitungan tepat, dan letak setiap kesalahan yang disengaja")
    return 0


def _progress(total: int) -> Callable[[int], None]:
    def show(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}/{total} pegawai …" if done < total else "\r\033[K")
            sys.stderr.flush()

    return show


def _test(arguments: argparse.Namespace) -> int:
    from suarctl.quality import check, test

    if not arguments.no_check:
        code = check(_say)
        if code:
            return code
    return test(_say, arguments.pytest)


def _check(_arguments: argparse.Namespace) -> int:
    from suarctl.quality import check

    return check(_say)


def _say(words: str) -> None:
    try:
        print(words, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
