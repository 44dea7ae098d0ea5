"""`suar demo`: the stage is set, the year is played, the figures are compared."""

import argparse
import json
import os
import secrets
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx
from rich.markup import escape

from suar_cli.errors import RunnerError, StartFailed
from suar_cli.signals import raise_keyboard_interrupt_on_signals
from suar_demo.cli import LOOPBACK
from suar_demo.client import Api, DemoFailed, Refused
from suar_demo.context import CALLERS, YEAR, World
from suar_demo.scenario import Story
from suar_demo.steps import PROGRAMME
from suar_demo.stub_servers import MailSink, WebhookSink
from suar_demo.target import Ground, own_ground
from suar_sample.generate import SampleRequest, write_sample

INTERRUPTED = 130
MAIL_PORT = 2525


def run(arguments: argparse.Namespace) -> int:
    """Run the command; failures end with a sentence."""
    story = Story()
    raise_keyboard_interrupt_on_signals()
    try:
        with ExitStack() as stack:
            mail = stack.enter_context(_mail_sink(arguments))
            ground = _ground(arguments, stack, story, mail)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suar-sample-")))
            return _perform(arguments, story, ground, folder, mail, stack)
    except StartFailed as error:
        story.console.print(f"\n[bold red]Sistem tidak dapat dinyalakan:[/] {escape(str(error))}", soft_wrap=True)
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
    say = story.console.print
    say(f"\n{world.api.calls[0]} panggilan API dan {world.consistency.events} peristiwa dalam {took:.0f} detik:")
    for title, seconds in story.seconds.items():
        say(f"  {seconds:6.1f} dtk  {title}")
    say(f"\nAlamat: [bold]{ground.base_url}[/]   dokumentasi API: {ground.base_url}/api/docs")
    say("Akun demo (berlaku hanya selama demo ini berjalan):")
    for username, name, role in world.accounts:
        password = ground.operator_password if username == ground.operator else world.password
        say(f"  {username:<28} {password:<18} {name} ({role})")
    say("Masuk dengan salah satunya; token dalam jawabannya dipakai sebagai `Authorization: Bearer …`:")
    account = json.dumps({"username": world.siti.nip, "password": world.password})
    say(
        f"  curl -s {ground.base_url}/api/v1/identity/sessions -H 'Content-Type: application/json' -d '{account}'",
        soft_wrap=True,
        markup=False,
        highlight=False,
    )


def _stay(story: Story) -> None:
    story.console.print("\nSistem tetap berjalan. Tekan Ctrl-C untuk berhenti.")
    sys.stdout.flush()
    threading.Event().wait()
