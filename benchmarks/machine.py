"""The machine on which figures were taken: without it they say nothing."""

import contextlib
import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psycopg
from kombu import Connection

from testkit.backends import LOCAL_POSTGRES, LOCAL_RABBITMQ

PACKAGES = (
    "kombu",
    "amqp",
    "psycopg",
    "sqlalchemy",
    "flask",
    "faststream",
    "aio-pika",
    "asyncpg",
    "celery",
)
POSTGRES_SETTINGS = ("server_version", "fsync", "autovacuum")


def describe() -> dict[str, str]:
    """Processor, memory, system, Python, servers and packages."""
    return {
        "processor": f"{os.cpu_count()} × {_from('/proc/cpuinfo', 'model name')}",
        "memory": f"{int(_from('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.0f} GiB",
        "system": platform.platform(),
        "Python": platform.python_version(),
        "load before": f"{os.getloadavg()[0]:.2f}",
        "PostgreSQL": _postgres(),
        "RabbitMQ": _rabbitmq(),
        "packages": ", ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name))),
        "commit": _output("git", "rev-parse", "--short", "HEAD"),
    }


def _postgres() -> str:
    with contextlib.suppress(psycopg.Error):
        url = os.environ.get("SUAR_TEST_DATABASE_URL", LOCAL_POSTGRES)
        with psycopg.connect(url, connect_timeout=2) as connection:
            shown = [str(value) for name in POSTGRES_SETTINGS for (value,) in connection.execute(f"SHOW {name}")]
            return ", ".join([shown[0], *map(" ".join, zip(POSTGRES_SETTINGS[1:], shown[1:], strict=True))])
    return ""


def _rabbitmq() -> str:
    with contextlib.suppress(Exception), Connection(os.environ.get("SUAR_TEST_BUS_URL", LOCAL_RABBITMQ)) as connection:
        connection.ensure_connection(max_retries=1, timeout=3)
        return str(connection.connection.server_properties.get("version", ""))
    return ""


def _from(path: str, key: str) -> str:
    for line in Path(path).read_text().splitlines():
        if line.startswith(key):
            return line.partition(":")[2].strip()
    return "unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""
