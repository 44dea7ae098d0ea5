"""No input makes a 5xx, and no answer lies outside its documented schema."""

import json
import os

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.architecture.layout import COMPONENTS, ROOT
from tests.fuzz.callers import SOMEBODY

EXAMPLES = int(os.environ.get("SUAR_FUZZ_EXAMPLES", "10"))
load_all_checks()
WANTED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
]


def operations():
    """Every documented operation, as the committed descriptions have them."""
    for component in COMPONENTS:
        own = "identity" if component == "gateway" else component
        document = json.loads((ROOT / f"contracts/http/{own}.openapi.json").read_text())
        for path, methods in document["paths"].items():
            for method in methods:
                if method != "parameters":
                    yield pytest.param(component, method, path, id=f"{method.upper()} {path}")


@pytest.fixture(scope="session")
def schema_of(service_of):
    loaded = {}

    def load(component):
        if component not in loaded:
            loaded[component] = schemathesis.openapi.from_wsgi("/openapi.json", service_of(component).app)
        return loaded[component]

    return load


@pytest.mark.parametrize(("component", "method", "path"), list(operations()))
def test_an_operation_answers_as_documented(component, method, path, schema_of, service_of):
    operation = schema_of(component)[path][method]
    service = service_of(component)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {service.token(SOMEBODY)}"}, checks=WANTED)

    ask()
