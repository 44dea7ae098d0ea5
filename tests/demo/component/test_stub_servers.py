"""The demo's receivers count what was said to them and nothing else, and say when they cannot listen."""

import json
import socket
from datetime import UTC, datetime

import httpx
import pytest
from standardwebhooks import Webhook

from suar_demo.client import DemoFailed
from suar_demo.stub_servers import MailSink, WebhookSink

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = json.dumps({"id": "1", "type": "PlanActivated"})


def signed(body):
    now = datetime.now(UTC)
    return {
        "webhook-id": "1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("1", now, body),
    }


def test_a_signed_delivery_counts_once_and_a_forged_one_is_refused():
    with WebhookSink(secret=SECRET) as sink:
        assert [httpx.post(sink.url, content=BODY, headers=signed(BODY)).status_code for _ in range(2)] == [204, 204]
        assert httpx.post(sink.url, content=BODY, headers=signed(BODY + " ")).status_code == 401
    assert (list(sink.events), sink.repeats, sink.refused) == (["1"], 1, 1)


def test_half_a_delivery_of_a_sender_that_was_killed_is_no_forgery():
    with WebhookSink(secret=SECRET) as sink:
        url = httpx.URL(sink.url)
        with socket.create_connection((url.host, url.port)) as sender:
            sender.sendall(f"POST {url.path} HTTP/1.1\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY[:5]}".encode())
            sender.shutdown(socket.SHUT_WR)
            assert sender.recv(1) == b""
        assert httpx.post(sink.url, content=BODY, headers=signed(BODY)).status_code == 204
    assert (list(sink.events), sink.refused) == (["1"], 0)


def test_a_port_of_mail_in_use_is_named():
    with MailSink() as first, pytest.raises(DemoFailed, match=f"port {first.url.rpartition(':')[2]} "):
        MailSink(port=int(first.url.rpartition(":")[2])).__enter__()
