"""The callers of the edge race: a process that asks one request over and over on several connections."""

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass

from benchmarks.http_socket import CLOSED, LENGTH, dial


@dataclass
class Line:
    """One connection and the answer that is coming in on it."""

    socket: socket.socket
    begun: float
    data: bytes = b""


def main() -> None:
    task = json.load(sys.stdin)
    message: bytes = task["request"].encode()
    selector = selectors.EpollSelector()
    seconds: list[float] = []
    statuses: dict[int, int] = {}

    def ask(line: Line) -> None:
        line.begun = time.perf_counter()
        line.data = b""
        line.socket.sendall(message)

    def again(line: Line | None) -> None:
        """Begin on a new connection, for the other side has ended this one."""
        if line is not None:
            selector.unregister(line.socket)
            line.socket.close()
        begun = time.perf_counter()
        fresh = Line(dial(task["address"]), begun)
        selector.register(fresh.socket, selectors.EVENT_READ, fresh)
        fresh.socket.sendall(message)

    for _ in range(task["connections"]):
        again(None)
    begun = time.perf_counter()
    until, spent = begun + task["seconds"], time.process_time()
    while time.perf_counter() < until:
        for key, _ in selector.select(1.0):
            line: Line = key.data
            try:
                part = line.socket.recv(65536)
            except ConnectionError:
                part = b""
            line.data += part
            head, _, body = line.data.partition(b"\r\n\r\n")
            found = LENGTH.search(head)
            whole = found is not None and len(body) >= int(found[1])
            if not part and not whole:
                statuses[0] = statuses.get(0, 0) + 1
                again(line)
            elif whole:
                seconds.append(time.perf_counter() - line.begun)
                status = int(head[9:12])
                statuses[status] = statuses.get(status, 0) + 1
                again(line) if CLOSED.search(head) else ask(line)
    elapsed = time.perf_counter() - begun
    seconds.sort()
    outcome = {
        "rate": len(seconds) / elapsed,
        "p50": 1000 * seconds[len(seconds) // 2],
        "p99": 1000 * seconds[int(len(seconds) * 0.99)],
        "failed": sum(number for status, number in statuses.items() if status != 200),
        "callers": (time.process_time() - spent) / elapsed,
    }
    json.dump(outcome, sys.stdout)


if __name__ == "__main__":
    main()
