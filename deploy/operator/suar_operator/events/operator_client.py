"""The HTTP client of the operations routes: through the edge as a signed-in operator, or directly on the machine.

Whoever can read an instance's private folder runs it already. Such a caller signs a short-lived token for itself and
connects to the services' sockets directly; the audit trail names it by an id cached of user and machine.
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
TIMEOUT_SECONDS = 60.0
TOKEN_SECONDS = 120
TOKEN_REFRESH_SECONDS = 60.0
OWN_SESSION = "/api/v1/identity/sessions"
MAX_PAGE = 200


class ServiceUnreachable(RunnerError):
    """The system cannot be reached."""

    exit_code = 3


class AccessDenied(RunnerError):
    """The credentials were refused, or are not those of an operator."""

    exit_code = 4


class RequestRefused(RunnerError):
    """The API understood the request and refused it; `code` is the problem's stable code."""

    exit_code = 1

    def __init__(self, sentence: str, code: str, status: int) -> None:
        super().__init__(sentence)
        self.code = code
        self.status = status


@dataclass
class OperatorClient:
    """The operations routes of all services, as one caller."""

    http: httpx.Client
    base_of: Callable[[str], str]
    authorization: Callable[[], str]
    who: str
    where: str
    sign_out: Callable[[], None] = field(default=lambda: None)

    def get(self, service: str, path: str, **query: Any) -> Any:
        present = {key: value for key, value in query.items() if value is not None}
        return self._request("GET", service, path, params=present)

    def post(self, service: str, path: str, body: Any = None) -> Any:
        return self._request("POST", service, path, json=body)

    def pages(self, service: str, path: str, *, limit: int = MAX_PAGE, **query: Any) -> Iterator[Any]:
        """Yield all items of a list, page by page."""
        cursor = None
        while True:
            answer = self.get(service, path, **query, cursor=cursor, limit=limit)
            yield from answer["items"]
            cursor = answer["next_cursor"]
            if cursor is None:
                return

    def close(self) -> None:
        with suppress(httpx.HTTPError, RunnerError):
            self.sign_out()
        self.http.close()

    def _request(self, method: str, service: str, path: str, **options: Any) -> Any:
        url = f"{self.base_of(service)}/api/v1/{service}{path}"
        try:
            answer = self.http.request(method, url, headers={"Authorization": self.authorization()}, **options)
        except httpx.TransportError as error:
            raise ServiceUnreachable(with_cause(f"{service} tidak dapat dihubungi di {self.where}.", error)) from error
        return _content(answer, service)


def connect(*, url: str | None, data: Path, username: str | None) -> OperatorClient:
    """Connect to the address that the command line names, or else to the instance of a folder on this machine."""
    return _sign_in(url.rstrip("/"), username) if url else _connect_locally(DataFolder(data))


def _sign_in(url: str, username: str | None) -> OperatorClient:
    name = username or os.environ.get("OPERATOR_USERNAME")
    if not name:
        raise AccessDenied("Sebutkan akun operator: --username NAMA (atau OPERATOR_USERNAME).")
    password = os.environ.get("OPERATOR_PASSWORD") or _prompt_for_password()
    http = httpx.Client(timeout=TIMEOUT_SECONDS, transport=httpx.HTTPTransport(retries=1))
    try:
        answer = http.post(url + OWN_SESSION, json={"username": name, "password": password})
    except (httpx.TransportError, httpx.UnsupportedProtocol) as error:
        http.close()
        raise ServiceUnreachable(with_cause(f"Suar tidak menjawab di {url}. Periksa --url.", error)) from error
    try:
        opened = _content(answer, "identity")
        token = f"Bearer {opened['token']}"
        if "operator" not in opened["account"]["roles"]:
            raise AccessDenied(f"Akun {name} bukan akun operator.")
    except (RunnerError, KeyError, TypeError) as error:
        http.close()
        if isinstance(error, RunnerError):
            raise
        raise ServiceUnreachable(f"Yang menjawab di {url} bukan Suar.") from error
    # With the session cookie the edge would check the Origin header of each request.
    http.cookies.clear()

    def sign_out() -> None:
        http.delete(f"{url}{OWN_SESSION}/current", headers={"Authorization": token})

    return OperatorClient(http, lambda _service: url, lambda: token, who=name, where=url, sign_out=sign_out)


def _prompt_for_password() -> str:
    if not sys.stdin.isatty():
        raise AccessDenied("Isi OPERATOR_PASSWORD dengan sandi operator.")
    return getpass.getpass("Sandi operator: ")


def _connect_locally(folder: DataFolder) -> OperatorClient:
    if folder.holder() is None:
        raise ServiceUnreachable(
            f"Tidak ada yang berjalan di {folder.path}. Jalankan {command('up', '--data', folder.path)}, "
            f"atau sebutkan sistem lain dengan --url."
        )
    try:
        key = (folder.secrets / PRIVATE).read_bytes()
    except OSError as error:
        raise AccessDenied(f"Folder {folder.secrets} tidak dapat dibaca; jalankan sebagai pemiliknya.") from error
    who = f"{getpass.getuser()}@{socket.gethostname()}"
    account = account_of(who)
    principal = Principal(account, HOME_AGENCY, frozenset({"operator"}), name=who)
    mounts = {
        f"all://{service}": httpx.HTTPTransport(uds=str(folder.run / f"{service}.sock"), retries=1)
        for service in OWNERS
    }
    cached: list[tuple[float, str]] = []

    def authorization() -> str:
        if not cached or time.monotonic() - cached[-1][0] > TOKEN_REFRESH_SECONDS:
            token = jwt.encode(claims_of(principal, lifetime=TOKEN_SECONDS), key, algorithm="EdDSA")
            cached[:] = [(time.monotonic(), f"Bearer {token}")]
        return cached[-1][1]

    http = httpx.Client(timeout=TIMEOUT_SECONDS, mounts=mounts)
    return OperatorClient(
        http, lambda service: f"http://{service}", authorization, who=f"{who} ({account})", where=str(folder.path)
    )


def account_of(who: str) -> UUID:
    """Return the id by which the audit trail names somebody who acts on the machine itself."""
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
            raise AccessDenied(f"{sentence}")
        case 502 | 503 | 504:
            raise ServiceUnreachable(f"{service}: {sentence}")
        case _:
            raise RequestRefused(f"{service}: {sentence}{faults}", code, answer.status_code)
