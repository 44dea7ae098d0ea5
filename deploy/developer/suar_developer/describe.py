"""Write the API description of a component where the gateway, the tests and other people read it.

The application is made with throw-away settings and never serves: no database is asked, no real key is read.
"""

import importlib
import json
import tempfile
from pathlib import Path
from typing import Any

from chassis.settings import load
from gateway.crypto import make_keys
from suar_cli.places import project_folder
from suar_operator.folder import write_atomically


def describe(component: str, contracts: Path | None = None) -> Path:
    """Write `http/<service>.openapi.json` in the folder of contracts, and return the file."""
    contracts = contracts or project_folder() / "contracts"
    service = importlib.import_module(f"{component}.settings").SERVICE
    target = contracts / "http" / f"{service}.openapi.json"
    text = json.dumps(description_of(component, contracts), indent=1, ensure_ascii=False)
    write_atomically(target, f"{text}\n")
    return target


def description_of(component: str, contracts: Path) -> dict[str, Any]:
    """Return the OpenAPI document of a component's application."""
    module = importlib.import_module(f"{component}.settings")
    with tempfile.TemporaryDirectory(prefix="suar-describe-") as folder:
        private, public = Path(folder) / "private.pem", Path(folder) / "public.pem"
        make_keys(private, public)
        environ = {
            f"{module.SERVICE.upper()}_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "SUAR_MODE": "test",
            "CLOCK_FILE": str(Path(folder) / "clock.json"),
            "AUTH_PUBLIC_KEY_FILE": str(public),
            "AUTH_PRIVATE_KEY_FILE": str(private),
            "CONTRACTS_DIR": str(contracts),
        }
        settings = load(module.Settings, module.SERVICE, environ)
        application = importlib.import_module(f"{component}.app").create_app(settings)
        found: dict[str, Any] = application.extensions["suar_openapi"]()
        return found
