"""What is consumed is understood from the producers' own examples."""

from pathlib import Path

import pytest

from service_name.consumers import consumers

EVENTS = Path(__file__).parents[3] / "contracts/events"
EXAMPLES = [
    path
    for producer, name, version in consumers.subscriptions()
    for path in sorted((EVENTS / producer / "examples").glob(f"{name}.v{version}.*"))
]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_of_what_it_consumes_is_handled(service, agency, path):
    service.deliver_example(path, agency)
    assert service.deferred(agency) == []
