"""Where the parts of the product are, and how to read an application's own description."""

import json
from pathlib import Path
from typing import Any

from flask import Flask

ROOT = Path(__file__).parents[2]
SERVICES = sorted(path.parent.name for path in (ROOT / "services").glob("*/pyproject.toml"))
COMPONENTS = [*SERVICES, "gateway"]


def described(app: Flask) -> Any:
    return json.loads(json.dumps(app.extensions["suar_openapi"]()))
