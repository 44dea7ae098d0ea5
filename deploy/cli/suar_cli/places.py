"""Where the code of this checkout lies."""

import os
from pathlib import Path


def project_folder() -> Path:
    return Path(__file__).resolve().parents[3]


def contracts_folder() -> Path:
    """The published contracts: beside the code, or where CONTRACTS_DIR says."""
    named = os.environ.get("CONTRACTS_DIR")
    return Path(named) if named else project_folder() / "contracts"
