import pytest

from tests.training.builders import World


@pytest.fixture
def world(service, agency, person):
    return World(service, agency, person)
