"""The verbs of every deployable: `python -m chassis api|worker|migrate|audit <component>`."""

import argparse
import atexit
import gc
import importlib
import json
import os
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from chassis.db.migration_files import MigrationError, migrations_of
from chassis.db.schema_version import DatabaseOlderThanCode, require_current_schema
from chassis.observability.logging import configure_logging, get_logger
from chassis.observability.metric_files import share_between_processes
from chassis.settings import SettingsError, load


def settings_of(component: str) -> Any:
    """Read the settings that a component declares in its `settings` module (class Settings, constant SERVICE)."""
    module = importlib.import_module(f"{component}.settings")
    return load(module.Settings, module.SERVICE)


def main() -> None:
    parser = argparse.ArgumentParser(prog="chassis", description="Run one process of one component.")
    parser.add_argument("verb", choices=["api", "worker", "migrate", "audit"])
    parser.add_argument("component", help="the package of a service")
    parser.add_argument("--bind", default=os.environ.get("API_BIND", "0.0.0.0:8000"), help="host:port or unix:/path")
    parser.add_argument("--workers", type=int, default=int(os.environ.get("API_WORKERS", "2")))
    parser.add_argument(
        "--checkpoints", type=Path, help="audit: a log, or the output of `suar audit heads`, to compare with"
    )
    arguments = parser.parse_args()
    try:
        settings = settings_of(arguments.component)
    except SettingsError as error:
        sys.exit(str(error))
    configure_logging(settings.service, arguments.verb, settings.log_level)
    if arguments.verb == "api":
        share_between_processes()
    try:
        run_verb(arguments, settings)
    except (DatabaseOlderThanCode, MigrationError) as error:
        get_logger().critical("schema_refused", message=str(error))
        sys.exit(1)


def run_verb(arguments: argparse.Namespace, settings: Any) -> None:
    """Run a process of a component; api and worker only on a database that is not older than the code."""
    if arguments.verb in {"api", "worker"}:
        require_current_schema(settings.database_url, arguments.component)
    match arguments.verb:
        case "migrate":
            from chassis.db.migration import upgrade

            upgrade(settings.database_url, migrations_of(arguments.component))
        case "worker":
            worker = importlib.import_module(f"{arguments.component}.worker").create_worker(settings)
            keep_what_is_loaded()
            worker.run()
        case "audit":
            sys.exit(verify_audit(settings, arguments.checkpoints))
        case _:
            from chassis.http.server import serve

            create_app = importlib.import_module(f"{arguments.component}.app").create_app
            app = create_app(settings)
            keep_what_is_loaded()
            serve(app, bind=arguments.bind, workers=arguments.workers)


def keep_what_is_loaded() -> None:
    """Turn the collector on, for what is made from now on: what has been loaded stays, and is shared after a fork.

    A request or a batch makes thousands of objects that live a moment; looked at every 700, as by default, they cost a
    tenth of the processor.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


def verify_audit(settings: Any, checkpoints: Path | None) -> int:
    """Verify every agency's audit chain, print the results, and return 1 when one is broken."""
    from chassis.audit import heads, read_checkpoints, verify_chain, verify_segment
    from chassis.db import Database

    known = read_checkpoints(checkpoints.read_text().splitlines() if checkpoints else (), settings.service)
    with Database.connect(settings.database_url, pool_size=1, application="audit").engine.connect() as connection:
        agencies = sorted({*known, *(head.agency_id for head in heads(connection))})
        checks = [verify_chain(partial(verify_segment, connection), one, known.get(one, {})) for one in agencies]
    for check in checks:
        print(json.dumps({"service": settings.service, **asdict(check)}))  # noqa: T201
    return int(any(check.broken_at for check in checks))


def run() -> NoReturn:
    """Run a process to its end, then leave: taking the interpreter apart costs 0.4 s that a stop may not have."""
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    atexit._run_exitfuncs()  # noqa: SLF001 - spans are sent and files removed, as at any other end
    sys.stdout.flush()
    os._exit(code)
