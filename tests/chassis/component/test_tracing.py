"""Spans: what causes what, across requests and events, and where they go."""

import http.server
import subprocess
import sys
import threading
import time

import pytest
from desk.core import consumers, lend

from chassis.observability import tracing
from chassis.waiting import wait_for
from tests.chassis.processes import SHAPE, ask, environment_of, lines_of, process, wait_for_answer

SENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_an_event_carries_the_trace_of_the_request_and_what_follows_from_it_does_too(desk, agency, person):
    desk.client(person("librarian")).post(
        "/api/v1/desk/loans", json={"title": "x"}, headers={"traceparent": SENT, "X-Request-Id": "journey-of-one"}
    )
    (published,) = desk.events(agency)
    assert tracing.trace_id_of(published["traceparent"]) == TRACE
    assert published["traceparent"] != SENT, "each service has a span of its own"
    assert published["correlationid"] == "journey-of-one"

    @consumers.on("desk", "BookLent", 7)
    def follow(tx, _event):
        lend(tx, "followed")

    desk.deliver_envelope(
        {**published, "id": "01a20a1e-0000-7000-8000-0000000000aa", "dataschema": "/x/BookLent.v7.json"}
    )
    followed = desk.events(agency)[1]
    assert tracing.trace_id_of(followed["traceparent"]) == TRACE
    assert followed["traceparent"] != published["traceparent"]
    assert followed["correlationid"] == "journey-of-one"
    assert followed["causationid"] == "01a20a1e-0000-7000-8000-0000000000aa"


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "nonsense",
        "00-" + "0" * 32 + "-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        SENT + "\n",
    ],
)
def test_a_trace_begins_where_no_usable_one_came(desk, agency, person, sent):
    span = tracing.start_span("x", tracing.Kind.SERVER, sent)
    assert len(span.trace_id) == 32
    assert span.trace_id != TRACE
    assert tracing.trace_id_of(span.traceparent) == span.trace_id


@pytest.fixture
def collector():
    """An OpenTelemetry collector of our own: keeps what is posted to it."""
    received = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            received.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", received
    server.shutdown()
    server.server_close()


def spans_in(received):
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    spans = []
    for path, body in list(received):
        assert path == "/v1/traces"
        request = ExportTraceServiceRequest.FromString(body)
        spans += [span for r in request.resource_spans for scope in r.scope_spans for span in scope.spans]
    return spans


def test_spans_go_to_the_collector_that_the_environment_names(desk, sockets, collector):
    url, received = collector
    bind, log = sockets / "api", sockets / "log"
    environment = environment_of(desk, OTEL_EXPORTER_OTLP_ENDPOINT=url, OTEL_BSP_SCHEDULE_DELAY="100")
    with process(log, environment, "api", "desk", "--bind", f"unix:{bind}"):
        wait_for_answer(bind, "/health/ready")
        ask(bind, "/api/v1/desk/broken", {"traceparent": SENT})
        wait_for("a span", lambda: spans_in(received))
    spans = {span.name: span for span in spans_in(received)}
    assert list(spans) == ["GET /api/v1/desk/broken"], "nothing of /health is sent"
    span = spans["GET /api/v1/desk/broken"]
    assert span.trace_id.hex() == TRACE
    assert span.parent_span_id.hex() == SENT.split("-")[2]
    (line,) = [one for one in lines_of(log) if one["event"] == "request"]
    assert line["span_id"] == span.span_id.hex()
    assert span.status.code == 2


def test_a_collector_that_is_away_holds_up_neither_requests_nor_the_end(desk, sockets):
    bind, log = sockets / "api", sockets / "log"
    environment = environment_of(desk, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1")
    with process(log, environment, "api", "desk", "--bind", f"unix:{bind}", "--workers", "1") as api:
        wait_for_answer(bind, "/health/ready")
        started = time.monotonic()
        ask(bind, "/api/v1/desk/broken")
        assert time.monotonic() - started < 30
        api.terminate()
        assert api.wait(40) == 0
    assert all(list(line)[:5] == SHAPE for line in lines_of(log))


def test_without_a_collector_nothing_of_opentelemetry_is_loaded():
    program = (
        "import sys, chassis.http, chassis.worker; from chassis.observability import tracing; "
        "assert not tracing.start_exporting('desk', 'api'); tracing.start_span('x', tracing.Kind.SERVER).end(); "
        "print(sum(name.startswith('opentelemetry') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PATH": ""})
    assert done.stdout.strip() == "0"
