"""Speaking to the public API as one signed-in person, patiently: processes may be killed and restarted meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from chassis import waiting
from chassis.waiting import Remaining, Stalled, WaitState

T = TypeVar("T")
STALL_SECONDS = 300.0  # a killed database recovers, and a deferred event is tried again, well within it
AWAY = {502, 503, 504}


class DemoFailed(Exception):
    """The scenario cannot go on; the message says at which call and why."""


class Refused(DemoFailed):
    """The API refused a call; `code` is the problem's stable code."""

    def __init__(self, method: str, path: str, answer: httpx.Response) -> None:
        self.status = answer.status_code
        body = _json(answer)
        self.code = str(body.get("code", "")) if isinstance(body, dict) else ""
        self.request_id = str(body.get("request_id", "")) if isinstance(body, dict) else ""
        self.body = body
        super().__init__(f"{method} {path} → {answer.status_code} {answer.text[:1500]}")


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return {}


# identity's answers hold codes and tokens, which must not be stored: none of its operations that are called takes a key
WITHOUT_KEYS = "/api/v1/identity/"


@dataclass
class Api:
    """One caller. A POST carries an Idempotency-Key, so a call repeated after a cut takes effect once.

    `report` receives the state of every wait that takes long.
    """

    base_url: str
    http: httpx.Client
    token: str = ""
    name: str = ""
    employee_id: str = ""
    calls: list[int] = field(default_factory=lambda: [0])
    report: Callable[[WaitState], None] | None = None

    def signed_in(self, token: str, name: str, employee_id: str = "") -> "Api":
        """The same connection, speaking as somebody else."""
        return Api(self.base_url, self.http, token, name, employee_id, self.calls, self.report)

    def get(self, path: str, **params: Any) -> Any:
        return self._call("GET", path, params={k: v for k, v in params.items() if v is not None})

    def post(self, path: str, body: Any = None, *, keyed: bool = True, **options: Any) -> Any:
        """`keyed=False` for operations that refuse a key: a secret answer, an unknown caller, or a mere question."""
        keyed = keyed and not path.startswith(WITHOUT_KEYS)
        headers = {**({"Idempotency-Key": str(uuid4())} if keyed else {}), **options.pop("headers", {})}
        return self._call("POST", path, json=body, headers=headers, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._call("PUT", path, json=body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._call("PATCH", path, json=body, **options)

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Any:
        return self._call("POST", path, files={"file": (name, content)}, data=fields)

    def pages(self, path: str, **params: Any) -> Iterator[Any]:
        """All items of a list, page by page."""
        cursor = None
        while True:
            answer = self.get(path, **params, cursor=cursor, limit=200)
            yield from answer["items"]
            cursor = answer["next_cursor"]
            if cursor is None:
                return

    def raw(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One call, with patience while the edge or a service is away; any answer is given back."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})

        def ask() -> httpx.Response | Remaining:
            self.calls[0] += 1
            try:
                answer = self.http.request(method, self.base_url + path, headers=headers, **options)
            except httpx.TransportError as error:
                return Remaining(repr(error))
            return Remaining(f"HTTP {answer.status_code}") if answer.status_code in AWAY else answer

        return wait_for(f"jawaban {method} {path}", ask, report=self.report)

    def _call(self, method: str, path: str, **options: Any) -> Any:
        answer = self.raw(method, path, **options)
        if answer.is_error:
            raise Refused(method, path, answer)
        return _json(answer) if answer.content else None


def wait_for(
    what: str,
    ask: Callable[[], T | Remaining | None],
    *,
    report: Callable[[WaitState], None] | None = None,
) -> T:
    """Wait as chassis.waiting does; raise DemoFailed when nothing moves any more."""
    try:
        return waiting.wait_for(what, ask, stall_seconds=STALL_SECONDS, report=report)
    except Stalled as stalled:
        state = stalled.state
        remaining = f" Tersisa: {state.remaining}." if state.remaining else ""
        raise DemoFailed(
            f"sejak {state.unchanged_since:%H:%M:%S} ({state.unchanged:.0f} detik) tidak ada kemajuan sambil menunggu: "
            f"{what}.{remaining}"
        ) from stalled


def finish_job(api: Api, service: str, job_id: str, *, watch: Callable[[int, int | None], None] | None = None) -> Any:
    """Wait for a job, reporting its progress; raise DemoFailed when it failed."""

    def ask() -> Any:
        job = api.get(f"/api/v1/{service}/jobs/{job_id}")
        if watch:
            watch(job["processed"], job["total"])
        if job["status"] == "FAILED":
            raise DemoFailed(f"pekerjaan {job['kind']} gagal: {job['error']}")
        return job if job["status"] == "DONE" else Remaining(f"{job['status']}, {job['processed']} dari {job['total']}")

    return wait_for(f"pekerjaan {service}/{job_id} selesai", ask, report=None if watch else api.report)
