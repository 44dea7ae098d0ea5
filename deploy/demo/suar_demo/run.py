"""`suar demo`: the system is started, the year is played, the figures are compared."""

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
from suar_demo.context import CALLERS, YEAR, DemoContext
from suar_demo.scenario import Scenario
from suar_demo.steps import PROGRAMME
from suar_demo.stub_servers import MailSink, WebhookSink
from suar_demo.target import Target, own_instance
from suar_sample.generate import SampleRequest, write_sample

INTERRUPTED = 130
MAIL_PORT = 2525


def run(arguments: argparse.Namespace) -> int:
    """Run the command; failures end with a sentence."""
    scenario = Scenario()
    raise_keyboard_interrupt_on_signals()
    try:
        with ExitStack() as stack:
            mail = stack.enter_context(_mail_sink(arguments))
            target = _target(arguments, stack, scenario, mail)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suar-sample-")))
            return _perform(arguments, scenario, target, folder, mail, stack)
    except StartFailed as error:
        scenario.console.print(f"\n[bold red]Sistem tidak dapat dinyalakan:[/] {escape(str(error))}", soft_wrap=True)
        return 1
    except (DemoFailed, RunnerError) as error:
        scenario.console.print(f"\n[bold red]Demo berhenti:[/] {escape(str(error))}", soft_wrap=True)
        for note in getattr(error, "__notes__", []):
            scenario.console.print(note, soft_wrap=True, markup=False, highlight=False)
        return 1
    except KeyboardInterrupt:
        scenario.console.print("\nDihentikan; semua proses dan data demo sudah dibersihkan.")
        return 0 if scenario.figures and all(one.is_right for one in scenario.figures) else INTERRUPTED


def _mail_sink(arguments: object) -> MailSink:
    """A system that runs elsewhere knows the port of our mail server beforehand."""
    if not getattr(arguments, "against", None):
        return MailSink()
    return MailSink(_listening_at(getattr(arguments, "reach", LOOPBACK)), MAIL_PORT)


def _listening_at(hostname: str) -> str:
    """Whoever knows us by another name than loopback comes over the network."""
    return hostname if hostname == LOOPBACK else "0.0.0.0"  # noqa: S104 - asked for by --reach


def _target(arguments: object, stack: ExitStack, scenario: Scenario, mail: MailSink) -> Target:
    against = getattr(arguments, "against", None)
    if against:
        password = os.environ.get("OPERATOR_PASSWORD", "")
        if not password:
            raise DemoFailed("isi OPERATOR_PASSWORD dengan sandi operator untuk --against")
        return Target(against.rstrip("/"), getattr(arguments, "operator", ""), password)
    scenario.console.print("[bold]Suar[/] menyiapkan PostgreSQL, bus pesan, enam layanan, dan satu pintu …")
    return stack.enter_context(
        own_instance(
            port=getattr(arguments, "port", 0),
            bus=getattr(arguments, "bus", None),
            database=getattr(arguments, "database", None),
            smtp=mail.url,
            say=lambda line: None if "Ctrl-C" in line else scenario.console.print(f"  [dim]{line}[/]"),
        )
    )


def _perform(
    arguments: object, scenario: Scenario, target: Target, folder: Path, mail: MailSink, stack: ExitStack
) -> int:
    limits = httpx.Limits(max_connections=CALLERS * 2, max_keepalive_connections=CALLERS * 2)
    # callers share connections, never cookies: each speaks with its own token
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    http = stack.enter_context(httpx.Client(timeout=60, limits=limits, cookies=jar))
    api = Api(target.base_url, http, report=scenario.report_wait)
    credentials = {"username": target.operator, "password": target.operator_password}
    try:
        signed = api.post("/api/v1/identity/sessions", credentials)
    except Refused as refused:
        if refused.status != HTTPStatus.UNAUTHORIZED:
            raise
        message = f"{target.operator} tidak dapat masuk; periksa --operator dan OPERATOR_PASSWORD"
        raise DemoFailed(message) from refused
    operator = api.signed_in(signed["token"], "Operator")
    write_sample(
        SampleRequest(getattr(arguments, "employees", 0), getattr(arguments, "seed", 0), folder, YEAR, formats=("csv",))
    )
    context = DemoContext(api, scenario, folder, operator, password=secrets.token_urlsafe(12))
    context.accounts.append((target.operator, "Operator sistem", "operator"))
    context.notes["mail"] = mail
    hostname = getattr(arguments, "reach", LOOPBACK)
    context.notes["webhooks"] = stack.enter_context(WebhookSink(_listening_at(hostname), hostname))
    began = time.monotonic()
    for title, step in PROGRAMME:
        with scenario.step(title):
            step(context)
    _name_accounts(context)
    right = scenario.compare_figures()
    _summary(scenario, context, target, time.monotonic() - began)
    if not getattr(arguments, "once", False):
        _stay(scenario)
    return 0 if right else 1


def _name_accounts(context: DemoContext) -> None:
    """People worth signing in as, when one looks around afterwards."""
    siti = context.siti
    special = context.notes["special"]
    for person, role in (
        (siti, "pegawai; kisahnya diceritakan di atas"),
        (context.people[siti.appraiser_id or ""], "pejabat penilai Siti"),
        (context.people[siti.reviewer_id or ""], "atasan pejabat penilai, pimpinan unit"),
        (special["inspector"][0], "pengawas internal"),
        (special["wellbeing_officer"][0], "petugas kesejahteraan"),
        *((officer, "pengelola kepegawaian") for officer in special["hr_officer"]),
    ):
        context.accounts.append((person.nip, person.name, role))


def _summary(scenario: Scenario, context: DemoContext, target: Target, took: float) -> None:
    say = scenario.console.print
    say(f"\n{context.api.calls[0]} panggilan API dan {context.consistency.events} peristiwa dalam {took:.0f} detik:")
    for title, seconds in scenario.seconds.items():
        say(f"  {seconds:6.1f} dtk  {title}")
    say(f"\nAlamat: [bold]{target.base_url}[/]   dokumentasi API: {target.base_url}/api/docs")
    say("Akun demo (berlaku hanya selama demo ini berjalan):")
    for username, name, role in context.accounts:
        password = target.operator_password if username == target.operator else context.password
        say(f"  {username:<28} {password:<18} {name} ({role})")
    say("Masuk dengan salah satunya; token dalam jawabannya dipakai sebagai `Authorization: Bearer …`:")
    account = json.dumps({"username": context.siti.nip, "password": context.password})
    say(
        f"  curl -s {target.base_url}/api/v1/identity/sessions -H 'Content-Type: application/json' -d '{account}'",
        soft_wrap=True,
        markup=False,
        highlight=False,
    )


def _stay(scenario: Scenario) -> None:
    scenario.console.print("\nSistem tetap berjalan. Tekan Ctrl-C untuk berhenti.")
    sys.stdout.flush()
    threading.Event().wait()
