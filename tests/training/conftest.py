import pytest


@pytest.fixture(scope="session")
def service(make_service):
    return make_service("training")
