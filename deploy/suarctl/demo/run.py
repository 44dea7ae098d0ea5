"""`suar demo`: the stage is set, the year is played, the figures are compared."""

import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx
from rich.markup import escape

from suarctl.demo.acts import PROGRAMME
from suarctl.demo.client import Api, DemoFailed, Refused
from suarctl.demo.ground import OPERATOR, Ground, own_ground
from suarctl.demo.sinks import LOOPBACK, MailSink, WebhookSink
from suarctl.demo.story import Story
from suarctl.demo.world import CALLERS, YEAR, World
from suarctl.parser import Parser, whole_number
from suarctl.runner.errors import RunnerError, StartFailed
from suarctl.sample import SampleRequest, write_sample
from suarctl.signals import raise_keyboard_interrupt_on_signals

FEWEST_EMPLOYEES = 100
INTERRUPTED = 130
MAIL_PORT = 2525


def build_parser() -> Parser:
    parser = Parser(prog="suar demo", description="Sebuah kementerian contoh menjalani satu tahun kinerja lewat API.")
    parser.add_argument(
        "--once", action="store_true", help="berhenti sesudah cerita: 0 bila semua angka sesuai, 1 bila tidak"
    )
    parser.add_argument(
        "--employees",
        type=whole_number(FEWEST_EMPLOYEES, 200_000),
        default=500,
        metavar="N",
        help="jumlah pegawai (bawaan: 500)",
    )
    parser.add_argument(
        "--seed", type=whole_number(0, 2**31), default=2026, metavar="S", help="benih data contoh (bawaan: 2026)"
    )
    parser.add_argument(
        "--port", type=whole_number(0, 65535), default=8080, help="port pintu tunggal; 0 memilih yang bebas"
    )
    parser.add_argument("--bus", metavar="URL", help="amqp://… broker yang sudah ada")
    parser.add_argument("--database", metavar="URL", help="postgresql://… server yang sudah ada (peran pengelola)")
    parser.add_argument("--against", metavar="URL", help="mainkan cerita pada sistem yang sudah berjalan di alamat ini")
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
    return parser


def run(words: Sequence[str]) -> int:
    """Run the command; failures end with a sentence."""
    arguments = build_parser().parse_args(list(words))
    story = Story()
    raise_keyboard_interrupt_on_signals()
    try:
        with ExitStack() as stack:
            mail = stack.enter_context(_mail_sink(arguments))
            ground = _ground(arguments, stack, story, mail)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suar-sample-")))
            return _perform(arguments, story, ground, folder, mail, stack)
    except StartFailed:
        story.console.print("\n[bold red]Sistem tidak dapat dinyalakan;[/] sebabnya tertulis di atas.")
        return 1
    except (DemoFailed, RunnerError) as error:
        story.console.print(f"\n[bold red]Demo berhenti:[/] {escape(str(error))}", soft_wrap=True)
        for note in getattr(error, "__notes__", []):
            story.console.print(note, soft_wrap=True, markup=False, highlight=False)
        return 1
    except KeyboardInterrupt:
        story.console.print("\nDihentikan; semua proses dan data demo sudah dibersihkan.")
        return 0 if story.figures and all(one.is_right for one in story.figures) else INTERRUPTED


def _mail_sink(arguments: object) -> MailSink:
    """A system that runs elsewhere was told the port of our mail server beforehand."""
    if not getattr(arguments, "against", None):
        return MailSink()
    return MailSink(_listening_at(getattr(arguments, "reach", LOOPBACK)), MAIL_PORT)


def _listening_at(reach: str) -> str:
    """Whoever knows us by another name than loopback comes over the network."""
    return reach if reach == LOOPBACK else "0.0.0.0"  # noqa: S104 - asked for by --reach


def _ground(arguments: object, stack: ExitStack, story: Story, mail: MailSink) -> Ground:
    against = getattr(arguments, "against", None)
    if against:
        password = os.environ.get("OPERATOR_PASSWORD", "")
        if not password:
            raise DemoFailed("isi OPERATOR_PASSWORD dengan sandi operator untuk --against")
        return Ground(against.rstrip("/"), getattr(arguments, "operator", ""), password)
    story.console.print("[bold]Suar[/] menyiapkan PostgreSQL, bus pesan, enam layanan, dan satu pintu …")
    return stack.enter_context(
        own_ground(
            port=getattr(arguments, "port", 0),
            bus=getattr(arguments, "bus", None),
            database=getattr(arguments, "database", None),
            smtp=mail.url,
            say=lambda line: None if "Ctrl-C" in line else story.console.print(f"  [dim]{line}[/]"),
        )
    )


def _perform(arguments: object, story: Story, ground: Ground, folder: Path, mail: MailSink, stack: ExitStack) -> int:
    limits = httpx.Limits(max_connections=CALLERS * 2, max_keepalive_connections=CALLERS * 2)
    # callers share connections, never cookies: each speaks with its own token
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    http = stack.enter_context(httpx.Client(timeout=60, limits=limits, cookies=jar))
    door = Api(ground.base_url, http, report=story.report_wait)
    credentials = {"username": ground.operator, "password": ground.operator_password}
    try:
        signed = door.post("/api/v1/identity/sessions", credentials)
    except Refused as refused:
        if refused.status != HTTPStatus.UNAUTHORIZED:
            raise
        told = f"{ground.operator} tidak dapat masuk; periksa --operator dan OPERATOR_PASSWORD"
        raise DemoFailed(told) from refused
    operator = door.signed_in(signed["token"], "Operator")
    write_sample(
        SampleRequest(getattr(arguments, "employees", 0), getattr(arguments, "seed", 0), folder, YEAR, formats=("csv",))
    )
    world = World(door, story, folder, operator, password=secrets.token_urlsafe(12))
    world.accounts.append((ground.operator, "Operator sistem", "operator"))
    world.notes["mail"] = mail
    reach = getattr(arguments, "reach", LOOPBACK)
    world.notes["webhooks"] = stack.enter_context(WebhookSink(_listening_at(reach), reach))
    began = time.monotonic()
    for title, act in PROGRAMME:
        with story.act(title):
            act(world)
    _name_accounts(world)
    right = story.verdict()
    _summary(story, world, ground, time.monotonic() - began)
    if not getattr(arguments, "once", False):
        _stay(story)
    return 0 if right else 1


def _name_accounts(world: World) -> None:
    """People worth signing in as, when one looks around afterwards."""
    siti = world.siti
    special = world.notes["special"]
    for person, role in (
        (siti, "pegawai; kisahnya diceritakan di atas"),
        (world.people[siti.appraiser_id or ""], "pejabat penilai Siti"),
        (world.people[siti.reviewer_id or ""], "atasan pejabat penilai, pimpinan unit"),
        (special["inspector"], "pengawas internal"),
        (special["wellbeing_officer"], "petugas kesejahteraan"),
    ):
        world.accounts.append((person.nip, person.name, role))


def _summary(story: Story, world: World, ground: Ground, took: float) -> None:
    say: Callable[[str], None] = story.console.print
    say(f"\n{world.api.calls[0]} panggilan API dan {world.consistency.events} peristiwa dalam {took:.0f} detik:")
    for title, seconds in story.seconds.items():
        say(f"  {seconds:6.1f} dtk  {title}")
    say(f"\nAlamat: [bold]{ground.base_url}[/]   dokumentasi API: {ground.base_url}/api/docs")
    say("Akun demo (berlaku hanya selama demo ini berjalan):")
    for username, name, role in world.accounts:
        password = ground.operator_password if username == ground.operator else world.password
        say(f"  {username:<28} {password:<18} {name} ({role})")


def _stay(story: Story) -> None:
    story.console.print("\nSistem tetap berjalan. Tekan Ctrl-C untuk berhenti.")
    sys.stdout.flush()
    threading.Event().wait()
