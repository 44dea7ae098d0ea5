"""The parts of the system that own data, which preparing, running and inspecting go by: those of the image."""

import tomllib

from suar_cli.places import project_folder

_IMAGE = tomllib.loads((project_folder() / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["image"]
SERVICES: tuple[str, ...] = tuple(name for name in _IMAGE if name not in {"gateway", "suar-operator"})
# databases and API paths are named after what a component is about, which for the gateway is identity
OWNERS = (*SERVICES, "identity")
COMPONENTS = (*SERVICES, "gateway")
BUS = "bus"
