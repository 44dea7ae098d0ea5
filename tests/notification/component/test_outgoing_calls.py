"""The calls themselves: checked addresses, no redirects, limits of time and size."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from notification.clients import webhooks
from notification.clients.webhooks import WebhookCaller
from notification.domain.addressing import EgressPolicy, parse_allow_list

CLOSED = EgressPolicy(insecure_allowed=False, private_allowed=False)
OPEN = EgressPolicy(insecure_allowed=True, private_allowed=True)
LOOPBACK = [ip_address("127.0.0.1")]
HEADERS = {"content-type": "application/json"}


@pytest.fixture
def caller():
    made = []

    def make(reach=OPEN, **options):
        made.append(WebhookCaller(reach, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_name_that_leads_inside_is_refused_before_a_connection(caller, receiver):
    port = receiver.url.split(":")[2].split("/")[0]
    for answer in (LOOPBACK, [ip_address("93.184.216.34"), *LOOPBACK], [ip_address("::ffff:127.0.0.1")]):
        reply = caller(CLOSED, resolver=lambda _host, _port, found=answer: found).post(
            f"http://rebind.example:{port}/hook", HEADERS, b"{}"
        )
        assert (reply.status, reply.error) == (None, "ADDRESS_FORBIDDEN")
    assert receiver.received == []


def test_a_name_that_changes_its_mind_after_the_check_is_of_no_use(caller, receiver):
    """The address that was checked is the one connected to: the name is asked exactly once for each connection."""
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return LOOPBACK if len(asked) == 1 else [ip_address("192.0.2.1")]

    port = receiver.url.split(":")[2].split("/")[0]
    _, networks = parse_allow_list("127.0.0.0/8")
    reach = EgressPolicy(insecure_allowed=True, private_allowed=False, networks=networks)
    reply = caller(reach, resolver=rebinding).post(f"http://rebind.example:{port}/hook", HEADERS, b"{}")
    assert reply.status == 204
    assert asked == ["rebind.example"]
    assert receiver.received[0].headers["Host"].startswith("rebind.example")


def test_the_operators_list_opens_a_host_and_nothing_beside_it(caller, receiver):
    port = receiver.url.split(":")[2].split("/")[0]
    reach = EgressPolicy(insecure_allowed=True, private_allowed=False, hosts=frozenset({"penerima.intra"}))
    one = caller(reach, resolver=lambda *_: LOOPBACK)
    assert one.post(f"http://penerima.intra:{port}/hook", HEADERS, b"{}").status == 204
    assert one.post(f"http://lain.intra:{port}/hook", HEADERS, b"{}").error == "ADDRESS_FORBIDDEN"


def test_names_that_lead_nowhere_and_ports_that_nobody_serves_have_codes(caller):
    def nowhere(host, port):
        raise webhooks.NameUnknown(host)

    assert caller(resolver=nowhere).post("http://x.example/h", HEADERS, b"").error == "NAME_UNKNOWN"
    assert caller().post("http://127.0.0.1:9/h", HEADERS, b"").error == "CONNECT_FAILED"


@pytest.fixture
def raw_server():
    """A server that speaks as the test says, byte for byte."""
    servers = []

    def serve(talk):
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def accept():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, connection.makefile("rb") as request:
                    # whole, body too: closing upon unread bytes would reset the connection instead of ending it
                    while request.readline().strip():
                        pass
                    request.read(len(b"{}"))
                    try:
                        talk(connection)
                    except OSError:
                        continue

        threading.Thread(target=accept, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/hook"

    yield serve
    for server in servers:
        server.close()


def test_a_server_that_drips_is_cut_off_as_a_whole(caller, raw_server, monkeypatch):
    monkeypatch.setattr(webhooks, "TOTAL_SECONDS", 0.6)

    def drip(connection):
        for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + b"x" * 900:
            connection.send(bytes([byte]))
            threading.Event().wait(0.05)

    started = time.monotonic()
    reply = caller().post(raw_server(drip), HEADERS, b"{}")
    assert reply.error == "TIMEOUT"
    # read to its end the answer would take 47 seconds
    assert time.monotonic() - started < 30


def test_an_endless_answer_is_not_read_to_its_end(caller, raw_server):
    sent = []

    def flood(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)
            sent.append(1)

    assert caller().post(raw_server(flood), HEADERS, b"{}").status == 200
    assert len(sent) < 200


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.9\r\n", b"HTTP/1.1 2x0 what\r\n\r\n", b""])
def test_what_is_not_http_is_a_failure_with_a_code(caller, raw_server, answer):
    reply = caller().post(raw_server(lambda connection: connection.sendall(answer)), HEADERS, b"{}")
    assert reply.status is None
    assert reply.error == "PROTOCOL_ERROR"


def test_a_kept_connection_that_was_closed_meanwhile_is_no_failure(caller):
    """Many servers close what is idle; the call is made again on a new connection."""
    seen = []

    class ClosesBehindItsBack(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.rfile.read(int(self.headers["content-length"]))
            seen.append(self.client_address[1])
            self.send_response(204)
            self.end_headers()
            self.close_connection = True

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), ClosesBehindItsBack)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    one = caller()
    url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    assert [one.post(url, HEADERS, b"{}").status for _ in range(5)] == [204] * 5
    assert len(set(seen)) == 5
    server.shutdown()
    server.server_close()


def test_https_is_verified_against_the_name(caller, certificate, receiver_tls):
    _, ca_file = certificate
    good = caller(ca_file=ca_file)
    assert good.post(receiver_tls.url.replace("127.0.0.1", "localhost"), HEADERS, b"{}").status == 204
    assert caller().post(receiver_tls.url, HEADERS, b"{}").error == "TLS_FAILED"
    other = caller(ca_file=ca_file, resolver=lambda *_: LOOPBACK)
    assert other.post(receiver_tls.url.replace("127.0.0.1", "lain.example"), HEADERS, b"{}").error == "TLS_FAILED"


def test_the_api_refuses_what_production_may_not_call(make_service, person):
    service = make_service("notification", environ={"WEBHOOK_PRIVATE": "0"})
    client = person("subscriber")
    for url in ("http://contoh.go.id/x", "https://127.0.0.1/x", "https://[::1]/x", "https://intra/x"):
        answer = service.client(client).post("/api/v1/notification/subscriptions", json={"url": url})
        assert (answer.status_code, answer.json["code"]) == (422, "subscription_url_not_allowed"), url
