"""One test for each private part of a library that the chassis uses; it fails with the seam's name."""

import ast
import atexit
import inspect
import re
import socket
import struct
import tomllib
from importlib.metadata import version
from types import SimpleNamespace

import amqp
import marshmallow as ma
import psycopg
import pytest
from flask import Flask
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.sync import SyncWorker
from kombu.transport import pgmq, virtual
from packaging.requirements import Requirement
from sqlalchemy import text
from webargs.flaskparser import FlaskParser

from chassis.bus.embedded import Channel
from chassis.db.engine import engine_for
from chassis.http import Schema
from chassis.vendor_seams import SEAMS
from tests.architecture.layout import ROOT

CHASSIS = ROOT / "libs/chassis"


def seam(condition, name):
    assert condition, f"seam {name}: the library no longer behaves as chassis/vendor_seams.py says"


def test_every_seam_has_a_test_and_every_library_an_upper_bound():
    written = {name for name in globals() if name.startswith("test_")}
    assert {f"test_{one.test}" for one in SEAMS} <= written
    project = tomllib.loads((CHASSIS / "pyproject.toml").read_text())["project"]
    stated = [*project["dependencies"], *project["optional-dependencies"]["embedded"]]
    bounds = {requirement.name: requirement.specifier for requirement in map(Requirement, stated)}
    for library in {one.library for one in SEAMS} - {"CPython"}:
        assert any(one.operator == "<" for one in bounds[library]), f"{library} has no upper bound"
        assert bounds[library].contains(version(library)), f"{library} {version(library)} is outside its bound"


def test_every_private_attribute_of_a_library_is_listed():
    """What ruff had to be told to let pass stands in the list, by its name and its module."""
    listed = " ".join(f"{one.used_by} {one.attribute}" for one in SEAMS)
    for path in (CHASSIS / "chassis").rglob("*.py"):
        module = ".".join(path.relative_to(CHASSIS).with_suffix("").parts)
        for line in path.read_text().splitlines():
            if "SLF001" in line:
                assert module in listed, f"{module} is not in vendor_seams.py"
                for name in re.findall(r"\.(_[a-z]\w*)", line.partition("#")[0]):
                    assert name in listed, f"{module}: {name} is not in vendor_seams.py"


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def frame(kind, channel, payload):
    return struct.pack(">BHI", kind, channel, len(payload)) + payload + b"\xce"


def test_amqp_read_buffer(pair):
    """A frame of which the first bytes lie in the buffer is read to its end from the socket."""
    ours, theirs = pair
    transport = amqp.transport.TCPTransport("localhost")
    transport.sock = ours
    transport._setup_transport()
    whole = frame(1, 7, b"payload")
    transport._read_buffer = whole[:5]
    theirs.sendall(whole[5:])
    kind, channel, payload = transport.read_frame()
    seam((kind, channel, bytes(payload)) == (1, 7, b"payload"), "amqp_read_buffer")
    seam(transport._read_buffer == b"", "amqp_read_buffer")


def test_amqp_inbound_frames(pair):
    """A heartbeat passed to `on_inbound_frame` counts as life of the broker; what we write goes out as it is."""
    connection = amqp.Connection("localhost:1")
    seam(connection.bytes_recv == 0 and connection.bytes_sent == 0, "amqp_inbound_frames")
    on_inbound_frame = connection.frame_handler_cls(connection, connection.on_inbound_method)
    on_inbound_frame((8, 0, b""))
    seam(connection.bytes_recv == 1, "amqp_inbound_frames")
    seam("self.on_inbound_frame = self.frame_handler_cls(" in inspect.getsource(amqp.Connection), "amqp_inbound_frames")
    seam("bytes_recv" in inspect.getsource(amqp.Connection.heartbeat_tick), "amqp_inbound_frames")
    ours, theirs = pair
    transport = amqp.transport.TCPTransport("localhost")
    transport.sock = ours
    transport._setup_transport()
    transport.write(b"as it is")
    seam(theirs.recv(100) == b"as it is", "amqp_inbound_frames")


def test_pgmq_get_bulk():
    names = list(inspect.signature(pgmq.Channel._get_bulk).parameters)
    seam(names == ["self", "queue", "callback", "timeout", "max_if_unlimited"], "pgmq_get_bulk")
    seam("self._get_bulk" in inspect.getsource(pgmq.Channel._reset_cycle), "pgmq_get_bulk")


def test_pgmq_prepare_for_bulk():
    """A message for one exchange and key is what the library's own `_put_topic` would send."""
    channel = Channel.__new__(Channel)
    message = {"body": "x", "properties": {"delivery_info": {}}}
    channel._tags = iter([1])
    channel.next_delivery_tag = channel._next_delivery_tag = lambda: "tag"
    channel._inplace_augment_message(message, "exchange", "a.key")
    info = message["properties"]["delivery_info"]
    seam((info["exchange"], info["routing_key"]) == ("exchange", "a.key"), "pgmq_prepare_for_bulk")
    seam(
        "self._topic_key(exchange, routing_key)" in inspect.getsource(pgmq.Channel._put_topic), "pgmq_prepare_for_bulk"
    )


def test_kombu_unacknowledged():
    """`_delivered` holds what was delivered, `_dirty` what is acknowledged and not yet removed."""
    qos = virtual.QoS(SimpleNamespace(do_restore=False), 10)
    for tag in ("1", "2"):
        qos.append(SimpleNamespace(delivery_info={}), tag)
    qos.ack("1")
    seam((list(qos._delivered), set(qos._dirty)) == (["1", "2"], {"1"}), "kombu_unacknowledged")


def test_sqlalchemy_do_ping(postgres_url):
    """The pool calls the dialect's `do_ping`, ours, before it hands out a connection again."""
    engine = engine_for(postgres_url)
    usual, pinged = engine.dialect.do_ping, []
    engine.dialect.do_ping = lambda connection: pinged.append(connection) or usual(connection)
    for _ in range(2):
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    engine.dispose()
    seam(len(pinged) == 1, "sqlalchemy_do_ping")


def test_psycopg_exec(postgres_url):
    """Two statements in one message; an error of the server becomes the driver's own exception."""
    with psycopg.connect(postgres_url) as connection:
        result = connection.pgconn.exec_(b"BEGIN; SELECT 7")
        seam((result.status, result.get_value(0, 0)) == (psycopg.pq.ExecStatus.TUPLES_OK, b"7"), "psycopg_exec")
        failed = connection.pgconn.exec_(b"SELECT 1 / 0")
        error = psycopg.errors.error_from_result(failed)
        seam(isinstance(error, psycopg.errors.DivisionByZero), "psycopg_exec")


def test_gunicorn_accepted_connections():
    """`run` calls `run_for_one`, which returns at a stop; `accept` serves one connection of a listening socket."""
    source = inspect.getsource(SyncWorker)
    seam("self.run_for_one(timeout)" in source, "gunicorn_accepted_connections")
    seam(list(inspect.signature(SyncWorker.accept).parameters) == ["self", "listener"], "gunicorn_accepted_connections")
    seam("self.sockets[0]" in inspect.getsource(SyncWorker.run_for_one), "gunicorn_accepted_connections")


def test_gunicorn_logger():
    logger = Logger(Config())
    named = (logger.error_log.name, logger.access_log.name)
    seam(named == ("gunicorn.error", "gunicorn.access"), "gunicorn_logger")
    seam(Logger.LOG_LEVELS["info"] > 0, "gunicorn_logger")
    seam("self.setup(cfg)" in inspect.getsource(Logger.__init__), "gunicorn_logger")


def test_smorest_error_handlers():
    """With ours the library registers no handler of its own."""
    from chassis.http.app import _Api

    app = Flask("seam")
    app.config.update(API_TITLE="x", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    before = str(app.error_handler_spec)
    _Api(app)
    seam(str(app.error_handler_spec) == before, "smorest_error_handlers")


def test_webargs_load_json():
    """Our parser's method is the one that is called for a body of JSON."""
    from chassis.http.blueprint import _Parser

    seam(hasattr(FlaskParser, "_raw_load_json"), "webargs_load_json")
    app = Flask("seam")
    deep = b"[" * 200_000
    with app.test_request_context(data=deep, content_type="application/json"):
        from flask import request
        from werkzeug.exceptions import HTTPException

        with pytest.raises(HTTPException) as refused:
            _Parser().load_json(request, ma.Schema())
    seam(refused.value.code == 400, "webargs_load_json")


def test_marshmallow_messages():
    """Ours are Indonesian down to the fields inside a list or a map; the library's own stay as they are."""

    def fields():
        return {
            "required": ma.fields.String(required=True),
            "text": ma.fields.String(),
            "range": ma.fields.Integer(validate=ma.validate.Range(1, 5)),
            "least": ma.fields.Integer(validate=ma.validate.Range(min=1, min_inclusive=False)),
            "length": ma.fields.String(validate=[ma.validate.Length(2, 3)]),
            "one": ma.fields.String(validate=ma.validate.OneOf(["a", "b"])),
            "pattern": ma.fields.String(validate=ma.validate.Regexp("^a$")),
            "list": ma.fields.List(ma.fields.UUID()),
            "map": ma.fields.Dict(values=ma.fields.Integer(validate=ma.validate.Range(max=2))),
            "url": ma.fields.Url(),
            "own": ma.fields.String(
                validate=ma.validate.Length(max=1, error="sendiri"), error_messages={"null": "isi"}
            ),
        }

    sent = {
        "text": 1, "range": 9, "least": 0, "length": "x", "one": "c", "pattern": "b", "list": ["x"], "map": {"a": 3},
        "url": "x", "own": "xx", "more": 1,
    }  # fmt: skip
    ours = type("Ours", (Schema,), fields())
    found = ours().validate(sent)
    expected = {
        "required": ["Wajib diisi."],
        "text": ["Isi dengan teks."],
        "range": ["Harus paling kecil 1 dan paling besar 5."],
        "least": ["Harus lebih dari 1."],
        "length": ["Panjang antara 2 dan 3."],
        "one": ["Isi dengan salah satu dari: a, b."],
        "pattern": ["Bentuknya harus sesuai pola ^a$."],
        "list": {0: ["Isi dengan UUID yang sah."]},
        "map": {"a": {"value": ["Harus paling besar 2."]}},
        "url": ["Isi dengan alamat URL yang sah."],
        "own": ["sendiri"],
        "more": ["Isian ini tidak dikenal."],
    }
    seam(found == expected, f"marshmallow_messages ({found})")
    seam(ours().validate({"required": "x", "own": None}) == {"own": ["isi"]}, "marshmallow_messages")
    theirs = type("Theirs", (ma.Schema,), fields())
    plain = theirs().validate({**sent, "required": None})
    seam(plain["required"] == ["Field may not be null."], "marshmallow_messages")
    seam(plain["range"] == ["Must be greater than or equal to 1 and less than or equal to 5."], "marshmallow_messages")


def test_python_exit_functions():
    """It runs what was registered, the last first, and forgets it."""
    tree = ast.parse(inspect.getsource(__import__("chassis.commands", fromlist=["run"]).run))
    called = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
    seam("_run_exitfuncs" in called and callable(atexit._run_exitfuncs), "python_exit_functions")
