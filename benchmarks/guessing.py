"""`python -m benchmarks.guessing`: how long the owner waits for a sign-in while sixty-four others guess the password.

The strangers come from 64 addresses of the loopback network; the owner has signed in from 127.0.0.1 before.
"""

import statistics
import threading
import time
from collections import Counter

import httpx

from benchmarks.installation import installation
from benchmarks.rounds import say

STRANGERS, SIGN_INS, GOAL_SECONDS = 64, 20, 2.0
SESSIONS = "/api/v1/identity/sessions"


def guess(base_url: str, username: str, number: int, stop: threading.Event, seen: Counter[int]) -> None:
    transport = httpx.HTTPTransport(local_address=f"127.0.1.{number + 1}")
    with httpx.Client(base_url=base_url, transport=transport, timeout=60) as http:
        while not stop.is_set():
            body = {"username": username, "password": f"salah-sekali-{number}"}
            seen[http.post(SESSIONS, json=body).status_code] += 1


def sign_in(base_url: str, username: str, password: str) -> float:
    started = time.perf_counter()
    answer = httpx.post(base_url + SESSIONS, json={"username": username, "password": password}, timeout=60)
    answer.raise_for_status()
    return time.perf_counter() - started


def main() -> None:
    with installation(embedded_bus=True) as found:
        target = found.target
        owner = (target.base_url, target.operator, target.operator_password)
        alone = sign_in(*owner)
        stop, seen = threading.Event(), Counter[int]()
        strangers = [
            threading.Thread(target=guess, args=(target.base_url, target.operator, number, stop, seen))
            for number in range(STRANGERS)
        ]
        for one in strangers:
            one.start()
        try:
            waited = [sign_in(*owner) for _ in range(SIGN_INS)]
        finally:
            stop.set()
            for one in strangers:
                one.join()
    say(f"alone {alone:.2f} s; among {STRANGERS} who guess: median {statistics.median(waited):.2f} s, "
        f"longest {max(waited):.2f} s (goal {GOAL_SECONDS} s); the others' answers: {dict(seen)}")  # fmt: skip


if __name__ == "__main__":
    main()
