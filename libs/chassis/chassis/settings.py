"""Settings: frozen dataclasses read once from the environment, failing at start with every fault at once."""

import os
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class SettingsError(Exception):
    """The environment does not describe a service that can run; the message lists every fault."""


def setting(
    env: str,
    *,
    help: str,  # noqa: A002
    default: Any = MISSING,
    parse: Callable[[str], Any] = str,
    secret: bool = False,
) -> Any:
    """Describe one setting: its variable (`{SERVICE}` stands for the service's name), meaning, default and parser."""
    metadata = {"env": env, "help": help, "parse": parse, "secret": secret}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


def _optional_path(text: str) -> Path | None:
    return Path(text) if text else None


def _boolean(text: str) -> bool:
    values = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in values:
        raise ValueError("write true or false")
    return values[text.lower()]


def _retention(*, least: int, for_ever: bool = False) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if number < least and not (for_ever and number == 0):
            raise ValueError(f"must be {least} or more" + (", or 0" if for_ever else ""))
        return number

    return parse


@dataclass(frozen=True, kw_only=True)
class BaseSettings:
    """What every deployable needs. A service subclasses it with its own `service` name and further settings."""

    service: str
    database_url: str = setting("{SERVICE}_DATABASE_URL", help="PostgreSQL of this service", secret=True)
    bus_url: str = setting("BUS_URL", default="", help="amqp://… or pgmq://…; empty: no bus", secret=True)
    bus_namespace: str = setting("BUS_NAMESPACE", default="suar", help="prefix of exchange and queues on the bus")
    bus_declare: bool = setting(
        "BUS_DECLARE",
        default=True,
        parse=_boolean,
        help="false where exchange and queues are made beforehand, and this service's user may not make any",
    )
    bus_fast_frames: bool = setting(
        "BUS_FAST_FRAMES",
        default=True,
        parse=_boolean,
        help="false: RabbitMQ by the client library's own path, slower, should a new version of it break ours",
    )
    mode: Mode = setting("SUAR_MODE", default=Mode.PRODUCTION, parse=Mode, help="production, demo or test")
    clock_file: Path | None = setting(
        "CLOCK_FILE", default=None, parse=_optional_path, help="file of the turnable clock; demo and test only"
    )
    auth_public_key_file: Path = setting(
        "AUTH_PUBLIC_KEY_FILE", parse=Path, help="PEM of the public key(s) that verify internal tokens"
    )
    contracts_dir: Path = setting("CONTRACTS_DIR", parse=Path, help="folder of event schemas and API descriptions")
    log_level: str = setting("LOG_LEVEL", default="INFO", help="DEBUG, INFO, WARNING or ERROR")
    heartbeat_file: Path | None = setting(
        "WORKER_HEARTBEAT", default=None, parse=_optional_path, help="file that a worker touches while its loops turn"
    )
    management_bind: str = setting(
        "MANAGEMENT_BIND", default="", help="host:port where a worker serves its metrics and health"
    )
    idempotency_retention_hours: int = setting(
        "IDEMPOTENCY_RETENTION_HOURS",
        default=48,
        parse=_retention(least=24),
        help="how long a repeated request gets the stored response",
    )
    inbox_retention_days: int = setting(
        "INBOX_RETENTION_DAYS", default=400, parse=_retention(least=30, for_ever=True),
        help="how long processed events are known; older ones that are replayed are parked; 0: for ever",
    )  # fmt: skip
    outbox_retention_days: int = setting(
        "OUTBOX_RETENTION_DAYS", default=0, parse=_retention(least=30, for_ever=True),
        help="how long history can be replayed; 0: for ever",
    )  # fmt: skip
    job_files_retention_days: int = setting(
        "JOB_FILES_RETENTION_DAYS", default=7, parse=_retention(least=1, for_ever=True),
        help="how long the file of a finished import is kept; 0: for ever",
    )  # fmt: skip
    job_issues_retention_days: int = setting(
        "JOB_ISSUES_RETENTION_DAYS", default=90, parse=_retention(least=1, for_ever=True),
        help="how long the faulty rows of a finished import can be read; 0: for ever",
    )  # fmt: skip
    pool_size: int = setting("DATABASE_POOL_SIZE", default=4, parse=int, help="connections kept by one process")

    def __post_init__(self) -> None:
        if self.mode is Mode.PRODUCTION and self.clock_file is not None:
            raise SettingsError("CLOCK_FILE is set, but SUAR_MODE is production: nobody may turn the clock there")


S = TypeVar("S", bound=BaseSettings)


def load(cls: type[S], service: str, environ: Mapping[str, str] = os.environ) -> S:
    """Read `cls` from the environment; raises SettingsError that lists all missing and unreadable variables."""
    values: dict[str, Any] = {"service": service}
    faults = []
    for item in fields(cls):
        if "env" not in item.metadata:
            continue
        name = item.metadata["env"].format(SERVICE=service.upper())
        text = environ.get(name)
        if text is None:
            if item.default is MISSING:
                faults.append(f"{name} is missing: {item.metadata['help']}")
            continue
        try:
            values[item.name] = item.metadata["parse"](text)
        except (ValueError, KeyError) as error:
            shown = "(secret)" if item.metadata["secret"] else repr(text)
            faults.append(f"{name} = {shown} is unusable ({error}): {item.metadata['help']}")
    if faults:
        raise SettingsError(f"{service} cannot start:\n  " + "\n  ".join(faults))
    return cls(**values)
