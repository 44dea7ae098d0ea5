"""The chassis is tested with a library's loan desk, so that nothing of a real service can creep in."""

import sys
from pathlib import Path

import pytest

SAMPLE_SERVICES = Path(__file__).parent / "sample_services"
sys.path.insert(0, str(SAMPLE_SERVICES / "desk"))


@pytest.fixture(scope="session")
def desk(make_service):
    return make_service("desk", {"CONTRACTS_DIR": str(SAMPLE_SERVICES / "contracts")})


@pytest.fixture
def sockets(tmp_path_factory):
    """A folder with a short name, for the sockets and the log of a process."""
    return tmp_path_factory.mktemp("s")
