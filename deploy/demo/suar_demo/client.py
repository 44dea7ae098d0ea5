"""Speaking to the public API as one signed-in person, patiently: processes may be killed and restarted meanwhile."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

import httpx

T = TypeVar("T")
PATIENCE_SECONDS = 180.0  # a database that was killed recovers within it, even on a loaded machine
AWAY = {502, 503, 504}


class DemoFailed(Exception):
    """The story cannot go on; the message says at which call and why."""


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


@dataclass
class Api:
    """One caller. A POST carries an Idempotency-Key, so a call repeated after a cut takes effect once."""

    base_url: str
    http: httpx.Client
    token: str = ""
    name: str = ""
    employee_id: str = ""
    calls: list[int] = field(default_factory=lambda: [0])

    def signed_in(self, token: str, name: str, employee_id: str = "") -> "Api":
        """The same connection, speaking as somebody else."""
        return Api(self.base_url, self.http, token, name, employee_id, self.calls)

    def get(self, path: str, **params: Any) -> Any:
        return self._call("GET", path, params={k: v for k, v in params.items() if v is not None})

    def post(self, path: str, body: Any = None, *, keyed: bool = True, **options: Any) -> Any:
        """`keyed=False` for operations that refuse a key, for their answer is a secret or their caller unknown."""
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
        """One call, with patience while the door or a service is away; any answer is given back."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        deadline = time.monotonic() + PATIENCE_SECONDS
        pause = 0.1
        while True:
            self.calls[0] += 1
            try:
                answer = self.http.request(method, self.base_url + path, headers=headers, **options)
                if answer.status_code not in AWAY or time.monotonic() > deadline:
                    return answer
            except httpx.TransportError as error:
                if time.monotonic() > deadline:
                    raise DemoFailed(f"{method} {path}: {error!r}") from error
            time.sleep(pause)
            pause = min(pause * 1.5, 2.0)

    def _call(self, method: str, path: str, **options: Any) -> Any:
        answer = self.raw(method, path, **options)
        if answer.is_error:
            raise Refused(method, path, answer)
        return _json(answer) if answer.content else None


def wait_until(what: str, ask: Callable[[], T | None], *, seconds: float = PATIENCE_SECONDS) -> T:
    """Ask until the answer is neither None nor False; raises DemoFailed naming what did not come about."""
    deadline = time.monotonic() + seconds
    pause = 0.05
    while True:
        found = ask()
        if found is not None and found is not False:
            return found
        if time.monotonic() > deadline:
            raise DemoFailed(f"tidak terjadi dalam {seconds:.0f} detik: {what}")
        time.sleep(pause)
        pause = min(pause * 1.5, 1.0)


def finish_job(api: Api, service: str, job_id: str, *, watch: Callable[[int, int | None], None] | None = None) -> Any:
    """Wait for a job, telling its progress; raises DemoFailed when it failed."""

    def ask() -> Any:
        job = api.get(f"/api/v1/{service}/jobs/{job_id}")
        if watch:
            watch(job["processed"], job["total"])
        if job["status"] == "FAILED":
            raise DemoFailed(f"pekerjaan {job['kind']} gagal: {job['error']}")
        return job if job["status"] == "DONE" else None

    return wait_until(f"pekerjaan {service}/{job_id} selesai", ask, seconds=1800.0)
