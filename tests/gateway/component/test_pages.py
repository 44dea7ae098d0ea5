from __future__ import annotations

import importlib
import re
import threading
from dataclasses import replace

import pytest
from sqlalchemy import text

from chassis.audit import first_broken
from chassis.settings import SettingsError, load
from chassis.waiting import wait_for
from gateway.settings import SERVICE, Settings
from gateway.use_cases.sessions.purge_expired import purge_expired
from gateway.worker import create_worker
from tests.gateway.builders import API
from tests.gateway.conftest import environment_of


def test_the_merged_description_has_every_route_of_identity(gateway):
    document = gateway.anonymous.get("/api/v1/openapi.json").get_json()
    assert document["paths"][f"{API}/sessions"]["post"]["security"] == []
    assert document["paths"][f"{API}/me"]["get"]["security"] == [{"bearer": []}]
    assert document["paths"][f"{API}/me"]["get"]["operationId"] == "identity_who_am_i"
    assert list(document["components"]["securitySchemes"]) == ["bearer"]
    assert "identity.Problem" in document["components"]["schemas"]
    assert not any("/internal/" in path for path in document["paths"])


def test_the_merged_description_is_sent_once_to_who_keeps_it(gateway):
    first = gateway.anonymous.get("/api/v1/openapi.json")
    again = gateway.anonymous.get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_reading_page_loads_nothing_from_elsewhere_under_a_strict_policy(gateway):
    page = gateway.anonymous.get("/api/docs")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    html = page.get_data(as_text=True)
    sources = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert sources
    assert all(source.startswith("/api/") or source == "data:," for source in sources)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*src=)", html)
    for source in sources:
        if source != "data:,":  # no icon: nothing is asked for
            assert gateway.anonymous.get(source).status_code == 200, source
    assert gateway.anonymous.get("/api/docs/rahasia.txt").status_code == 404
    assert gateway.anonymous.get("/api/docs/..%2f..%2fapp.py").status_code == 404


def test_the_description_says_how_to_get_and_send_a_token(gateway):
    document = gateway.anonymous.get("/api/v1/openapi.json").get_json()
    introduction = document["info"]["description"]
    for needed in ("POST /api/v1/identity/sessions", "POST /api/v1/identity/tokens", "Authorization: Bearer"):
        assert needed in introduction
    assert "bahasa Inggris" in introduction
    assert "/api/v1/identity/sessions" in document["components"]["securitySchemes"]["bearer"]["description"]


def test_an_operator_turns_the_clock_of_every_process(gateway, service):
    answer = gateway.manager("operator").put(f"{API}/clock", json={"now": "2026-07-06T09:00:00+07:00"})
    assert answer.status_code == 200
    assert service.clock.now().isoformat().startswith("2026-07-06T02:00")
    assert gateway.manager("employee").get(f"{API}/clock").get_json()["now"].startswith("2026-07-06T02:00")


def test_a_clock_without_a_zone_is_refused(gateway):
    answer = gateway.manager("operator").put(f"{API}/clock", json={"now": "2026-07-06T09:00:00"})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "now"


def test_where_no_clock_file_is_configured_no_clock_can_be_turned(service, identity_environment, signing_key):
    settings = load(Settings, SERVICE, environment_of(service, identity_environment, signing_key))
    app = importlib.import_module("gateway.app").create_app(settings)
    try:
        assert not [rule for rule in app.url_map.iter_rules() if "clock" in rule.rule]
    finally:
        app.extensions["suar_work"].database.engine.dispose()


def test_production_refuses_a_cookie_that_travels_in_the_clear(service, identity_environment, signing_key):
    environment = environment_of(service, identity_environment, signing_key)
    with pytest.raises(SettingsError, match="COOKIE_SECURE"):
        load(Settings, SERVICE, {**environment, "SUAR_MODE": "production"})


def test_readiness_names_the_service_that_is_away(gateway, service, monkeypatch):
    assert gateway.anonymous.get("/readyz").status_code == 200
    targets = {"personnel": ["127.0.0.1:9"], "training": ["unix:/nonexistent.sock"]}
    changed = replace(service.app.extensions["suar_settings"], readiness_targets=targets)
    monkeypatch.setitem(service.app.extensions, "suar_settings", changed)
    answer = gateway.anonymous.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json() == {"status": "not ready", "services": {"personnel": "away", "training": "away"}}


def test_expired_sessions_are_purged(gateway, service, real_time):
    gateway.member()
    real_time.advance(days=60)
    assert purge_expired(service.work, service.app.extensions["suar_services"]) > 0
    with service.work.transaction(gateway.agency) as tx:
        assert tx.session.execute(text("SELECT 1 FROM live_token")).all() == []


def test_the_worker_seals_the_audit_trail_while_the_bus_is_away(gateway, service):
    worker = create_worker(replace(service.app.extensions["suar_settings"], bus_url="amqp://nowhere"))
    loops, stop = dict(worker._loops()), threading.Event()
    assert {"purge", "consumer", "relay"} <= set(loops)
    gateway.member()

    def is_sealed():
        with service.work.transaction(gateway.agency) as tx:
            mine = {"agency": gateway.agency}
            return tx.session.execute(
                text("SELECT bool_and(chain > 0) FROM audit WHERE agency_id = :agency"), mine
            ).scalar()

    # what is due is found by one loop and done by another; neither needs the bus
    threads = [threading.Thread(target=loops[name], args=(stop,)) for name in ("due", "ticker")]
    for one in threads:
        one.start()
    try:
        wait_for("the seal", is_sealed)
    finally:
        stop.set()
        for one in threads:
            one.join()
        worker.work.database.engine.dispose()
    assert first_broken(service.work.database.engine, gateway.agency) is None
