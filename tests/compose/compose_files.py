"""The compose files as compose reads them: anchors and merges resolved, variables left as written."""

import re
from pathlib import Path
from typing import Any

import yaml

Service = dict[str, Any]
ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
OVERRIDES = [
    ROOT / "docker-compose.demo.yml",
    *sorted((ROOT / "deploy" / "compose").glob("*.yml")),
    *sorted((ROOT / "deploy").glob("*/docker-compose*.yml")),
]
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::?([-?])([^}]*))?\}")


def services(file: Path = FILE) -> dict[str, Service]:
    found: dict[str, Service] = yaml.safe_load(file.read_text())["services"]
    return found


def packages() -> dict[str, str]:
    """Every deployable: its name in compose, and its package."""
    found = {folder.name: folder.name for folder in (ROOT / "services").iterdir() if (folder / folder.name).is_dir()}
    return found | {"identity": "gateway"}


def environment(service: Service) -> dict[str, str]:
    given = service.get("environment") or {}
    assert isinstance(given, dict), "written as a map, so that merges work"
    return {name: str(value) for name, value in given.items()}


def conditions(service: Service) -> dict[str, str]:
    given = service.get("depends_on") or {}
    assert isinstance(given, dict), "each says what it waits for"
    return {name: one["condition"] for name, one in given.items()}


def is_ours(service: Service) -> bool:
    return "suar" in str(service.get("image", ""))


def is_lasting(service: Service) -> bool:
    return service.get("restart") == "unless-stopped"
