"""What an operator's eyes see of a service: its log, its numbers, its traces, its readiness."""

import json
import subprocess
import sys
import time
from collections import Counter

from desk.core import lend
from sqlalchemy import make_url, text

from chassis import jobs, timers
from chassis.http.readiness import Readiness
from chassis.observability import metrics, tracing
from chassis.waiting import wait_for
from testkit.logs import captured_logs
from tests.chassis.processes import (
    SHAPE,
    ask,
    environment_of,
    lines_of,
    process,
    samples,
    wait_for_answer,
)
from tests.ports import free_port

SENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE = "0af7651916cd43dd8448eb211c80319c"


def numbers(client):
    return samples(client.get("/metrics").text)


def test_a_request_is_counted_and_timed_under_its_rule_never_its_path(desk, person):
    client = desk.client(person("librarian"))
    route = "/api/v1/desk/loans/<uuid:loan_id>"
    key = f'suar_http_requests_total{{method="PUT",route="{route}",status="404"}}'
    before = numbers(client).get(key, 0)
    client.put(
        "/api/v1/desk/loans/01a20a1e-0000-7000-8000-000000000000", json={"title": "x"}, headers={"If-Match": "*"}
    )
    client.get("/no/such/page/198503022010012001")
    after = numbers(client)
    # the failing timers of other tests may have come round meanwhile
    assert after[key] >= before + 1
    assert after[f'suar_http_request_seconds_count{{method="PUT",route="{route}"}}'] >= 1
    assert after['suar_http_requests_total{method="GET",route="unknown",status="404"}'] >= 1
    assert "198503022010012001" not in client.get("/metrics").text
    assert not any("/health" in name or "/metrics" in name for name in after)


def test_a_method_that_does_not_exist_makes_no_label_of_its_own(desk, person):
    client = desk.client(person("librarian"))
    client.request("BREW", "/api/v1/desk/loans")
    assert "BREW" not in client.get("/metrics").text


def test_the_outbox_and_what_has_failed_are_seen_with_the_age_of_the_delete_oldest(desk, agency, person):
    with desk.work.transaction(agency) as tx:
        lend(tx, "x")
    desk.deliver("BookLent", {"loan_id": "1", "title": "always fails"}, producer="desk", agency=agency, subject="1")
    found = numbers(desk.client())
    assert found["suar_database_up"] == 1
    assert found["suar_outbox_events"] >= 1
    assert found["suar_outbox_oldest_seconds"] > 0
    assert found["suar_deferred_events"] >= 1
    assert found['suar_events_failed_total{cause="ValueError",name="BookLent",parked="false",producer="desk"}'] >= 1


def test_numbers_are_given_while_the_database_is_away(desk):
    from chassis.db import Database
    from chassis.http.metrics import BacklogCollector
    from chassis.unit_of_work import UnitOfWork

    away = Database.connect("postgresql://nobody@127.0.0.1:1/nothing")
    found = {
        metric.name: metric for metric in BacklogCollector(UnitOfWork(away, desk.clock, desk.work.contracts)).collect()
    }
    assert [sample.value for sample in found["suar_database_up"].samples] == [0]
    assert list(found) == ["suar_database_up"]


def test_the_lag_of_an_event_is_real_time_whatever_the_business_clock_says(desk, agency, at):
    desk.clock.freeze(at(2031, 1, 1))
    with desk.work.transaction(agency) as tx:
        lend(tx, "x")
    (published,) = desk.events(agency)
    from uuid import UUID

    assert 0 <= metrics.age_of(UUID(published["id"])) < 60


def test_every_line_of_an_api_is_json_of_one_shape_and_whichever_process_is_asked_counts_for_all(desk, sockets):
    bind, log = sockets / "api", sockets / "log"
    with process(log, environment_of(desk), "api", "desk", "--bind", f"unix:{bind}", "--workers", "3") as api:
        wait_for_answer(bind, "/health/ready")
        for number in range(40):
            ask(bind, "/api/v1/desk/broken", {"traceparent": SENT, "X-Request-Id": f"request-{number:04}"})
        key = 'suar_http_requests_total{method="GET",route="/api/v1/desk/broken",status="500"}'
        assert {samples(ask(bind, "/metrics")[2])[key] for _ in range(12)} == {40}
        api.terminate()
        assert api.wait(40) == 0
    lines = lines_of(log)
    assert all(list(line)[:5] == SHAPE for line in lines)
    assert {line["service"] for line in lines} == {"desk"}
    assert {"gunicorn_message", "request", "request_failed"} <= {line["event"] for line in lines}
    requests = [line for line in lines if line["event"] in {"request", "request_failed"}]
    assert len(requests) == 80
    assert {line["trace_id"] for line in requests} == {TRACE}
    assert len({line["span_id"] for line in requests}) == 40
    assert len({line["request_id"] for line in requests}) == 40


def test_the_folder_of_counts_goes_with_its_process_and_that_of_a_killed_one_with_the_next(desk, sockets):
    def start(name):
        bind = sockets / name
        return bind, process(sockets / f"{name}.log", environment_of(desk), "api", "desk", "--bind", f"unix:{bind}")

    from chassis.observability.metric_files import MEMORY, PREFIX

    bind, killed = start("a")
    with killed as first:
        wait_for_answer(bind, "/health/ready")
        left = MEMORY / f"{PREFIX}{first.pid}"
        assert left.is_dir()
        first.kill()
        first.wait()
    assert left.is_dir()
    bind, after = start("b")
    with after as second:
        wait_for_answer(bind, "/health/ready")
        assert not left.exists()
        own = MEMORY / f"{PREFIX}{second.pid}"
        assert own.is_dir()
    assert not own.exists()


def refused_by_its_database(desk):
    """An address that every server refuses: one that asks for no password still does not know the role."""
    url = make_url(desk.app.extensions["suar_settings"].database_url).set(
        username="outsider", password="Salah-Sekali-99"
    )
    return {"DESK_DATABASE_URL": url.render_as_string(hide_password=False)}


def is_the_reason(line):
    return "FATAL" in line["reason"] and '"outsider"' in line["reason"] and "exception" not in line


def test_an_api_that_cannot_enter_its_database_logs_the_reason_once_without_the_password(desk, sockets):
    bind, log = sockets / "api", sockets / "log"
    variables = refused_by_its_database(desk)
    with process(log, environment_of(desk, **variables), "api", "desk", "--bind", f"unix:{bind}", "--workers", "1"):
        wait_for("the log line", lambda: "database_unavailable" in log.read_text())
    (line,) = [line for line in lines_of(log) if line["event"] == "database_unavailable"]
    assert is_the_reason(line)
    assert "Salah-Sekali-99" not in log.read_text()


def test_a_worker_that_cannot_enter_its_database_logs_one_line_for_all_its_loops(desk, sockets):
    bind, log = sockets / "worker", sockets / "log"
    variables = refused_by_its_database(desk)
    with process(log, environment_of(desk, METRICS_BIND=f"unix:{bind}", **variables), "worker", "desk"):
        wait_for("the log line", lambda: "database_unavailable" in log.read_text())
    lines = lines_of(log)
    (line,) = [line for line in lines if line["event"] == "database_unavailable"]
    assert is_the_reason(line)
    assert not [line for line in lines if "exception" in line]
    assert "Salah-Sekali-99" not in log.read_text()


def test_readiness_is_logged_when_it_changes_and_not_in_between():
    away = {"database": False, "scales": True}

    def ask_for(name):
        if away[name]:
            raise ConnectionError(f"{name} away")

    readiness = Readiness({name: lambda name=name: ask_for(name) for name in away})
    with captured_logs() as logs:
        assert [readiness.missing() for _ in range(2)] == [["scales"]] * 2
        away["database"], away["scales"] = True, False
        assert [readiness.missing() for _ in range(2)] == [["database"]] * 2
        away["database"] = False
        assert readiness.missing() == []
    assert [(line["event"], line["dependency"], line.get("reason")) for line in logs] == [
        ("dependency_unavailable", "scales", "scales away"),
        ("database_unavailable", "database", "database away"),
        ("dependency_available", "scales", None),
        ("dependency_available", "database", None),
    ]


def test_a_worker_names_the_dependency_that_is_missing(desk, sockets):
    bind, log = f"127.0.0.1:{free_port()}", sockets / "log"
    away = environment_of(desk, MANAGEMENT_BIND=bind, BUS_URL="amqp://guest:guest@127.0.0.1:1//")
    with process(log, away, "worker", "desk") as worker:
        status, _, body = wait_for_answer(bind, "/health/ready", status=503)
        assert (status, json.loads(body)) == (503, {"status": "not ready", "missing": ["bus"]})
        assert ask(bind, "/health/live")[0] == 200
        found = samples(ask(bind, "/metrics")[2])
        assert found['suar_dependency_up{dependency="database"}'] == 1
        assert found['suar_dependency_up{dependency="bus"}'] == 0
        assert ask(bind, "/secrets")[0] == 404
        wait_for("a line of the log", lambda: "dependencies_missing" in log.read_text())
        worker.terminate()
        assert worker.wait(40) == 0
    lines = lines_of(log)
    assert all(list(line)[:5] == SHAPE for line in lines)
    assert [line["missing"] for line in lines if line["event"] == "dependencies_missing"] == [["bus"]]


def test_a_worker_with_all_it_needs_is_ready_and_counts_what_takes_effect(desk, sockets, agency, bus_url):
    bind, log = f"127.0.0.1:{free_port()}", sockets / "log"
    names = {"MANAGEMENT_BIND": bind, "BUS_URL": bus_url, "BUS_NAMESPACE": f"eyes-{agency}"}
    with process(log, environment_of(desk, **names), "worker", "desk"):
        wait_for_answer(bind, "/health/ready")
        with desk.work.transaction(agency) as tx:
            lend(tx, "counted")
        applied = 'suar_events_processed_total{name="BookLent",producer="desk"}'
        lag = 'suar_event_lag_seconds_count{producer="desk"}'
        handled = 'suar_event_handler_seconds_count{name="BookLent",producer="desk"}'
        # what other tests left unpublished is published too: asked until the counters of one moment agree
        found = wait_for(
            "the event is counted",
            lambda: (
                now if (now := samples(ask(bind, "/metrics")[2])).get(applied) and now[lag] == now[applied] else None
            ),
        )
        assert found["suar_relay_published_total"] >= 1
        assert found[handled] >= found[applied]
    clear(bus_url, f"eyes-{agency}")


def clear(bus_url, namespace):
    """A shared broker keeps nothing of a test."""
    from chassis.bus.topology import Topology, connect, is_amqp

    topology = Topology(namespace)
    with connect(bus_url) as connection:
        if is_amqp(connection):
            channel = connection.channel()
            for queue in (topology.queue("desk"), topology.dead_letter_queue("desk")):
                queue(channel).delete()
            topology.exchange(channel).delete()
            topology.replays(channel).delete()


def test_a_migration_speaks_in_the_same_shape(desk, sockets, make_database):
    log = sockets / "log"
    environment = environment_of(desk, DESK_DATABASE_URL=make_database("migrated"))
    with process(log, environment, "migrate", "desk") as migration:
        assert migration.wait(90) == 0
    lines = lines_of(log)
    assert lines
    assert all(list(line)[:5] == SHAPE for line in lines)
    assert any("0001" in line.get("message", "") for line in lines)


def test_what_ends_a_process_unforeseen_is_one_line_too(sockets):
    program = "from chassis.observability.logging import configure_logging; configure_logging('desk', 'x'); 1 / 0"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    (line,) = done.stderr.splitlines()
    assert json.loads(line)["event"] == "process_failed"
    assert "ZeroDivisionError" in json.loads(line)["exception"]


def test_counting_costs_microseconds():
    spans = Counter()
    started = time.process_time()
    for _ in range(2000):
        metrics.answered("GET", "/api/v1/desk/loans", 200, 0.01)
        spans[tracing.start_span("x", tracing.Kind.SERVER, SENT).trace_id] += 1
    assert (time.process_time() - started) / 2000 < 0.0002


def test_a_timer_that_waits_for_what_is_not_here_yet_is_no_failure(desk, agency, at):
    desk.clock.freeze(at(2026, 1, 1))
    with desk.work.transaction(agency) as tx:
        timers.schedule(tx, "due_back", "00000000-0000-0000-0000-000000000002", tx.now, {"waits": True})
    with captured_logs() as logs:
        desk.run_timers()
    (found,) = [one for one in logs if one["event"] == "timer_waits"]
    assert found["log_level"] == "warning"
    assert "exc_info" not in found
    assert numbers(desk.client())['suar_timers_fired_total{kind="due_back",outcome="waiting"}'] >= 1
    with desk.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM timer WHERE agency_id = :a"), {"a": agency})


def test_timers_and_jobs_are_counted_by_how_they_ended(desk, agency, at):
    desk.clock.freeze(at(2026, 1, 1))
    key = 'suar_timers_fired_total{kind="due_back",outcome="failed"}'
    before = numbers(desk.client()).get(key, 0)
    with desk.work.transaction(agency) as tx:
        timers.schedule(tx, "due_back", "00000000-0000-0000-0000-000000000001", tx.now, {"fails": True})
        jobs.start(tx, "lend_many", {}, None, content=b"a\nb")
    desk.run_timers()
    desk.run_jobs()
    after = numbers(desk.client())
    # the failing timers of other tests may have come round meanwhile
    assert after[key] >= before + 1
    assert after['suar_job_steps_total{kind="lend_many",outcome="done"}'] >= 1
    with desk.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM timer WHERE agency_id = :a"), {"a": agency})
