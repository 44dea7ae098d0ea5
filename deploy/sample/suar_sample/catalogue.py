"""The lists that the generator draws from, read once from the data files beside it."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def catalogue(name: str) -> dict[str, Any]:
    """One of the data files: names, units, positions or job_classes."""
    text = resources.files("suar_sample").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
