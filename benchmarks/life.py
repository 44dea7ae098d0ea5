"""The callers of the appraisals race: a process that reads a task from its input and lets people live through it."""

import json
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any
from uuid import uuid4

from benchmarks.http_socket import HttpSocket, request

APPRAISAL = "/api/v1/appraisal"
TEAM = 10
Life = dict[str, Any]


def plan_body(year: int, *, high: bool = False) -> bytes:
    """Four results with two indicators each, an expectation, an annex: what a person hands in."""
    indicators = [
        {"text": "usul selesai", "aspect": "QUANTITY", "target_number": "120", "unit": "usul"},
        {"text": "durasi layanan", "aspect": "TIME", "target_text": "paling lambat 5 hari", "unit": "hari"},
    ]
    titles = ("Layanan selesai tepat waktu", "Data mutakhir", "Konsultasi terlayani", "Anggota tim reformasi birokrasi")
    more = {"perspective": "BUSINESS_PROCESS"} if high else {}
    results = [
        {"kind": "EXTRA" if title == titles[-1] else "MAIN", "title": title, "indicators": indicators, **more}
        for title in titles
    ]
    body = {
        "year": year,
        "model": "QUANTITATIVE",
        "work_results": results,
        "behaviour_expectations": [{"value": "BP", "expectation": "Menjawab pertanyaan dalam satu hari kerja"}],
        "annex": {"support": ["akses SIASN"], "accountability": ["laporan bulanan"], "consequences": ["umpan balik"]},
    }
    return json.dumps(body).encode()


class Caller(threading.Thread):
    """One connection; takes whoever is next and goes through their life, until nobody is left."""

    def __init__(self, task: dict[str, Any], waiting: "queue.SimpleQueue[list[Life]]") -> None:
        super().__init__(daemon=True)
        self.socket, self.waiting, self.task = HttpSocket(task["address"]), waiting, task
        self.year = task["year"]
        self.live: Callable[[list[Life]], int] = getattr(self, "_" + task["path"])
        self.seconds: list[float] = []
        self.completed = 0
        self.fault = ""

    def run(self) -> None:
        try:
            while True:
                self.completed += self.live(self.waiting.get_nowait())
        except queue.Empty:
            return
        except Exception as error:  # noqa: BLE001 - told by the process that reads our output
            self.fault = repr(error)

    def _plan(self, group: list[Life]) -> int:
        """A superior's own plan; the head of the agency has one with a perspective, agreed by nobody here."""
        for one in group:
            made = self._post(one["token"], "/plans", plan_body(self.year, high=one["high"]), 201)
            self._post(one["token"], f"/plans/{made['id']}/submit", None)
        return len(group)

    def _agreed(self, one: Life) -> None:
        made = self._post(one["token"], "/plans", self._linked(one), 201)
        submitted = self._post(one["token"], f"/plans/{made['id']}/submit", None)
        self._post(one["appraiser"], f"/plans/{made['id']}/activate", None, version=submitted["version"])

    def _linked(self, _one: Life) -> bytes:
        return plan_body(self.year)

    def _quarter(self, group: list[Life]) -> int:
        done = 0
        for one in group:
            self._agreed(one)
            rating = {**_rating(one), "year": self.year, "quarter": 1}
            done += self._post(one["appraiser"], "/evaluations/periodic", rating, 201)["state"] == "FINAL"
        return done

    def _annual(self, group: list[Life]) -> int:
        done = 0
        for one in group:
            self._agreed(one)
            issued = self._post(one["appraiser"], "/evaluations/annual", {**_rating(one), "year": self.year}, 201)
            self._post(one["token"], f"/evaluations/{issued['id']}/receive", None)
            done += self._post(one["token"], f"/evaluations/{issued['id']}/accept", None)["state"] == "FINAL"
        return done

    def _team(self, group: list[Life]) -> int:
        plans = []
        for one in group:
            made = self._post(one["token"], "/plans", self._linked(one), 201)
            submitted = self._post(one["token"], f"/plans/{made['id']}/submit", None)
            plans.append({"plan_id": made["id"], "version": submitted["version"]})
        superior = group[0]["appraiser"]
        self._post(superior, "/plans/activate-batch", {"plans": plans})
        body = {"year": self.year, "quarter": 1, "items": [_rating(one) for one in group]}
        items = self._post(superior, "/evaluations/periodic/batch", body)["items"]
        return sum(item["state"] == "FINAL" for item in items)

    def _post(self, token: str, path: str, body: Any, expected: int = 200, version: int | None = None) -> Any:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
        headers |= {} if version is None else {"If-Match": f'"{version}"'}
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        message = request("POST", APPRAISAL + path, headers, content)
        begun = time.perf_counter()
        status, text = self.socket.ask(message)
        self.seconds.append(time.perf_counter() - begun)
        if status != expected:
            raise RuntimeError(f"{path}: {status} {text[:500]!r}")
        return json.loads(text)


def _rating(one: Life) -> dict[str, Any]:
    return {
        "employee_id": one["employee_id"],
        "work_result": "MEETS",
        "behaviour": "ABOVE",
        "competency_codes": [],
    }


def _groups(task: dict[str, Any]) -> Iterator[list[Life]]:
    """Whole teams where the superior acts for many at once, else one person at a time."""
    if task["path"] != "team":
        yield from ([one] for one in task["lives"])
        return
    for _, members in groupby(task["lives"], key=lambda one: one["appraiser_id"]):
        listed = list(members)
        yield from (listed[start : start + TEAM] for start in range(0, len(listed), TEAM))


def main() -> None:
    task = json.load(sys.stdin)
    waiting: queue.SimpleQueue[list[Life]] = queue.SimpleQueue()
    for group in _groups(task):
        waiting.put(group)
    callers = [Caller(task, waiting) for _ in range(task["clients"])]
    spent, begun = time.process_time(), time.perf_counter()
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    elapsed = time.perf_counter() - begun
    if faults := [one.fault for one in callers if one.fault]:
        sys.exit("\n".join(faults))
    seconds = sorted(second for one in callers for second in one.seconds)
    outcome = {
        "completed": sum(one.completed for one in callers),
        "seconds": elapsed,
        "cpu": time.process_time() - spent,
        "requests": len(seconds),
        "p50": seconds[len(seconds) // 2],
        "p99": seconds[int(len(seconds) * 0.99)],
    }
    json.dump(outcome, sys.stdout)


if __name__ == "__main__":
    main()
