"""Speaking to the events API of each service: through the edge as a signed-in operator, or beside it from the machine.

Whoever can read an instance's private folder runs it already. Such a caller signs a token of a few minutes for itself,
and speaks to the services' sockets directly; the audit trail names it by an id made of user and machine.
"""

import getpass
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx
import jwt

from chassis.auth import Principal, claims_of
from suar_cli.errors import RunnerError
from suar_cli.hints import command, with_cause
from suar_operator.folder import DataFolder
from suar_operator.keys import PRIVATE
from suar_operator.services import OWNERS

HOME_AGENCY = "suar"
PATIENCE_SECONDS = 60.0
TOKEN_SECONDS = 120
TOKEN_REFRESHED_AFTER = 60.0
OWN_SESSION = "/api/v1/identity/sessions"
LARGEST_PAGE = 200


class DoorClosed(RunnerError):
    """The system cannot be reached."""

    exit_code = 3


class NotLetIn(RunnerError):
    """The credentials were refused, or are not those of an operator."""

    exit_code = 4


class Refused(RunnerError):
    """The API understood the request and refused it; `code` is the problem's stable code."""

    exit_code = 1

    def __init__(self, sentence: str, code: str, status: int) -> None:
        super().__init__(sentence)
        self.code = code
        self.status = status


@dataclass
class Door:
    """The events API of all services, as one caller."""

    http: httpx.Client
    base_of: Callable[[str], str]
    authorization: Callable[[], str]
    who: str
    where: str
    leave: Callable[[], None] = field(default=lambda: None)

    def get(self, service: str, path: str, **query: Any) -> Any:
        known = {key: value for key, value in query.items() if value is not None}
        return self._ask("GET", service, path, params=known)

    def post(self, service: str, path: str, body: Any = None) -> Any:
        return self._ask("POST", service, path, json=body)

    def pages(self, service: str, path: str, *, limit: int = LARGEST_PAGE, **query: Any) -> Iterator[Any]:
        """All items of a list, page by page."""
        cursor = None
        while True:
            answer = self.get(service, path, **query, cursor=cursor, limit=limit)
            yield from answer["items"]
            cursor = answer["next_cursor"]
            if cursor is None:
                return

    def close(self) -> None:
        with suppress(httpx.HTTPError, RunnerError):
            self.leave()
        self.http.close()

    def _ask(self, method: str, service: str, path: str, **options: Any) -> Any:
        url = f"{self.base_of(service)}/api/v1/{service}/events{path}"
        try:
            answer = self.http.request(method, url, headers={"Authorization": self.authorization()}, **options)
        except httpx.TransportError as error:
            raise DoorClosed(with_cause(f"{service} tidak dapat dihubungi di {self.where}.", error)) from error
        return _content(answer, service)


def open_door(*, url: str | None, data: Path, username: str | None) -> Door:
    """The door that the command line names: an address, or else the folder of an instance on this machine."""
    return _sign_in(url.rstrip("/"), username) if url else _enter_beside(DataFolder(data))


def _sign_in(url: str, username: str | None) -> Door:
    name = username or os.environ.get("OPERATOR_USERNAME")
    if not name:
        raise NotLetIn("Sebutkan akun operator: --username NAMA (atau OPERATOR_USERNAME).")
    password = os.environ.get("OPERATOR_PASSWORD") or _asked_for()
    http = httpx.Client(timeout=PATIENCE_SECONDS, transport=httpx.HTTPTransport(retries=1))
    try:
        answer = http.post(url + OWN_SESSION, json={"username": name, "password": password})
    except (httpx.TransportError, httpx.UnsupportedProtocol) as error:
        http.close()
        raise DoorClosed(with_cause(f"Suar tidak menjawab di {url}. Periksa --url.", error)) from error
    try:
        opened = _content(answer, "identity")
        token = f"Bearer {opened['token']}"
        if "operator" not in opened["account"]["roles"]:
            raise NotLetIn(f"Akun {name} bukan akun operator.")
    except (RunnerError, KeyError, TypeError) as error:
        http.close()
        if isinstance(error, RunnerError):
            raise
        raise DoorClosed(f"Yang menjawab di {url} bukan Suar.") from error
    # the cookie that came along would make the edge ask where each request comes from
    http.cookies.clear()

    def leave() -> None:
        http.delete(f"{url}{OWN_SESSION}/current", headers={"Authorization": token})

    return Door(http, lambda _service: url, lambda: token, who=name, where=url, leave=leave)


def _asked_for() -> str:
    if not sys.stdin.isatty():
        raise NotLetIn("Isi OPERATOR_PASSWORD dengan sandi operator.")
    return getpass.getpass("Sandi operator: ")


def _enter_beside(folder: DataFolder) -> Door:
    if folder.holder() is None:
        raise DoorClosed(
            f"Tidak ada yang berjalan di {folder.path}. Jalankan {command('up', '--data', folder.path)}, "
            f"atau sebutkan sistem lain dengan --url."
        )
    try:
        key = (folder.secrets / PRIVATE).read_bytes()
    except OSError as error:
        raise NotLetIn(f"Folder {folder.secrets} tidak dapat dibaca; jalankan sebagai pemiliknya.") from error
    who = f"{getpass.getuser()}@{socket.gethostname()}"
    account = account_of(who)
    principal = Principal(account, HOME_AGENCY, frozenset({"operator"}), name=who)
    mounts = {
        f"all://{service}": httpx.HTTPTransport(uds=str(folder.run / f"{service}.sock"), retries=1)
        for service in OWNERS
    }
    made: list[tuple[float, str]] = []

    def authorization() -> str:
        if not made or time.monotonic() - made[-1][0] > TOKEN_REFRESHED_AFTER:
            token = jwt.encode(claims_of(principal, lifetime=TOKEN_SECONDS), key, algorithm="EdDSA")
            made[:] = [(time.monotonic(), f"Bearer {token}")]
        return made[-1][1]

    http = httpx.Client(timeout=PATIENCE_SECONDS, mounts=mounts)
    return Door(
        http, lambda service: f"http://{service}", authorization, who=f"{who} ({account})", where=str(folder.path)
    )


def account_of(who: str) -> UUID:
    """The id by which the audit trail names somebody who acts from the machine itself."""
    return uuid5(NAMESPACE_URL, f"urn:suar:machine:{who}")


def _content(answer: httpx.Response, service: str) -> Any:
    try:
        body = answer.json() if answer.content else None
    except ValueError:
        body = None
    if answer.is_success:
        return body
    problem = body if isinstance(body, dict) else {}
    code, sentence = str(problem.get("code", "")), str(problem.get("detail") or f"HTTP {answer.status_code}")
    faults = "".join(
        f"\n  {fault['field']}: {fault['value']!r}; seharusnya {fault['expected']}"
        for fault in problem.get("errors") or []
    )
    match answer.status_code:
        case 401 | 403:
            raise NotLetIn(f"{sentence}")
        case 502 | 503 | 504:
            raise DoorClosed(f"{service}: {sentence}")
        case _:
            raise Refused(f"{service}: {sentence}{faults}", code, answer.status_code)
