"""How several processes share the tests (pytest-xdist): what stays together, and what starts first.

Tests that share something dear, such as a service, a running system or a server of their own, stay in one process.
The longest groups start first, so that the processes end at about the same time.
"""

from pathlib import PurePosixPath

from tests.architecture.layout import SERVICES

# the seconds that a group takes, roughly, on a quiet machine; whatever is not named here is short
SECONDS = {
    "journeys": 200,
    "appraisal": 200,
    "faults on the embedded bus": 120,
    "incentive": 110,
    "tests/fuzz/test_operations.py": 100,
    "personnel": 100,
    "faults on RabbitMQ": 90,
    "tests/runner/component/test_instance.py": 50,
    "tests/operator/component/test_events.py": 50,
    "notification": 50,
    "tests/access/test_objects.py": 50,
    "tests/developer/component/test_new_service.py": 40,
    "tests/chassis/component/test_test_runs.py": 40,
    "tests/gateway/edge/test_routing.py": 30,
    "tests/access/test_isolation.py": 20,
    "tests/access/test_endpoint_access.py": 20,
    "tests/chassis/component/test_observability.py": 20,
    "wellbeing": 20,
}


def group_of(nodeid: str) -> str:
    """Return the group of a test, all of which runs in one process."""
    path, _, name = nodeid.partition("::")
    parts = PurePosixPath(path).parts
    if parts[1] == "journeys":
        return "journeys"
    if parts[1] == "faults" and "[" in name:
        return "faults on RabbitMQ" if "RabbitMQ" in name else "faults on the embedded bus"
    if parts[1] in SERVICES and parts[2] != "unit":
        return parts[1]
    return path


def start_order(group: str) -> int:
    """Return a sort key: the longest group first."""
    return -SECONDS.get(group, 0)
