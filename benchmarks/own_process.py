"""A service's use cases without its processes: its unit of work, and the most memory that a process has held."""

import os
from pathlib import Path

from chassis.bus.contracts import Contracts
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.unit_of_work import UnitOfWork


def unit_of_work(url: str) -> UnitOfWork:
    return UnitOfWork(Database.connect(url, pool_size=1), SystemClock(), Contracts(Path("contracts")))


def peak_memory(process: int | None = None) -> float:
    """Return the most memory of a process in bytes, of this one by default; 0 for one that has ended.

    `getrusage` would count that of the process that started it too.
    """
    try:
        lines = Path(f"/proc/{process or os.getpid()}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024.0 for line in lines if line.startswith("VmHWM")), 0.0)
