"""A service's use cases without its processes: its database and unit of work, and the most memory of a process."""

import os
from contextlib import ExitStack
from pathlib import Path

import psycopg

from chassis.bus.contracts import Contracts
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.unit_of_work import UnitOfWork
from testkit.backends import postgres_backend
from testkit.databases import DatabaseFactory, run_name


def unit_of_work(url: str) -> UnitOfWork:
    return UnitOfWork(Database.connect(url, pool_size=1), SystemClock(), Contracts(Path("contracts")))


def upgraded_database(stack: ExitStack, service: str) -> tuple[str, psycopg.Connection]:
    """Return an empty database of a service for the time of the stack, and an administrator's session in it."""
    postgres, _ = stack.enter_context(postgres_backend())
    factory = DatabaseFactory(postgres, stack.enter_context(run_name(postgres)))
    url = factory.make(service)
    upgrade(url, migrations_of(service))
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    administrator = psycopg.connect(psycopg.conninfo.make_conninfo(postgres, dbname=name), autocommit=True)
    stack.callback(administrator.close)
    return url, administrator


def peak_memory(process: int | None = None) -> float:
    """Return the most memory of a process in bytes, of this one by default; 0 for one that has ended.

    `getrusage` would count that of the process that started it too.
    """
    try:
        lines = Path(f"/proc/{process or os.getpid()}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024.0 for line in lines if line.startswith("VmHWM")), 0.0)
