"""Servers that the operator names: a wrong address or password is told at once, in words, and nothing is made."""

import time
from urllib.parse import urlsplit

import pytest

from suar_cli.errors import BusRefused, DatabaseRefused
from suar_operator import bus
from suar_operator.databases import DatabaseServer

QUICK = 6.0
NOBODY_THERE = "127.0.0.1:9"


def refusal(kind, ask):
    began = time.monotonic()
    with pytest.raises(kind) as refused:
        ask()
    assert time.monotonic() - began < QUICK
    sentence, *cause = str(refused.value).split("\n")
    assert len(cause) <= 1
    return sentence


def test_a_database_that_does_not_answer():
    server = DatabaseServer(f"postgresql://nobody:x@{NOBODY_THERE}/postgres")
    assert refusal(DatabaseRefused, server.check).endswith("Periksa alamat --database.")


def test_a_broker_that_does_not_answer():
    sentence = refusal(BusRefused, lambda: bus.check(f"amqp://guest:guest@{NOBODY_THERE}//"))
    assert sentence == f"RabbitMQ tidak menjawab di {NOBODY_THERE}. Periksa alamat --bus."


def test_a_broker_that_refuses_the_password(bus_url):
    parts = urlsplit(bus_url)
    if parts.scheme != "amqp":
        pytest.skip("no RabbitMQ to be refused by")
    where = f"{parts.hostname}:{parts.port or 5672}"
    sentence = refusal(BusRefused, lambda: bus.check(f"amqp://guest:salah@{where}//"))
    assert sentence == f"RabbitMQ di {where} menolak nama pengguna atau sandi. Periksa alamat --bus."
    bus.check(bus_url)
