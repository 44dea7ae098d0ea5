"""Every private part of a library on which the chassis depends.

Each saves measured time or mends a real fault, and any minor release may break it. So each library here has an upper
bound in `pyproject.toml`, and each seam a test in `tests/chassis/unit/test_vendor_seams.py` that fails with its name.
To raise a bound, upgrade and run that file. A new use of a private attribute is listed here first.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seam:
    """`library` is the distribution, `attribute` what is private, `test` the test of it without the prefix `test_`."""

    library: str
    attribute: str
    used_by: str
    why: str
    test: str


SEAMS = (
    Seam(
        "amqp",
        "transport._read_buffer",
        "chassis.bus.amqp_frames",
        "reads many frames per system call; a partial frame stays where the library continues to read",
        "amqp_read_buffer",
    ),
    Seam(
        "amqp",
        "Connection.on_inbound_frame, bytes_recv, bytes_sent, transport.write, transport.sock",
        "chassis.bus.amqp_frames",
        "passes frames on to the library, and counts them, or its heartbeats would take the connection for idle",
        "amqp_inbound_frames",
    ),
    Seam(
        "kombu",
        "transport.pgmq.Channel._get_bulk(max_if_unlimited)",
        "chassis.bus.embedded",
        "reads a hundred messages at once instead of ten",
        "pgmq_get_bulk",
    ),
    Seam(
        "kombu",
        "transport.pgmq.Channel._inplace_augment_message, _topic_key",
        "chassis.bus.embedded",
        "publishes a batch in one round trip; the library has only single messages",
        "pgmq_prepare_for_bulk",
    ),
    Seam(
        "kombu",
        "transport.virtual.QoS._delivered, _dirty",
        "chassis.bus.embedded",
        "acknowledges a batch by one statement, and extends the visibility timeout of what is unacknowledged",
        "kombu_unacknowledged",
    ),
    Seam(
        "sqlalchemy",
        "Dialect.do_ping",
        "chassis.db.engine",
        "pings a pooled connection without switching its transaction mode there and back",
        "sqlalchemy_do_ping",
    ),
    Seam(
        "psycopg",
        "pgconn.exec_, errors.error_from_result",
        "chassis.db.engine",
        "sends BEGIN and the agency in one round trip",
        "psycopg_exec",
    ),
    Seam(
        "gunicorn",
        "SyncWorker.run_for_one, accept, sockets",
        "chassis.http.server",
        "serves the connections that the kernel has accepted before a stop",
        "gunicorn_accepted_connections",
    ),
    Seam(
        "gunicorn",
        "Logger.setup, LOG_LEVELS, error_log, access_log",
        "chassis.http.server",
        "sends gunicorn's messages to the root logger",
        "gunicorn_logger",
    ),
    Seam(
        "flask-smorest",
        "Api._register_error_handlers",
        "chassis.http.app",
        "errors become application/problem+json by the chassis alone",
        "smorest_error_handlers",
    ),
    Seam(
        "webargs",
        "Parser._raw_load_json",
        "chassis.http.blueprint",
        "a body that Python cannot parse (too deep, too many digits) is 400 and not 500",
        "webargs_load_json",
    ),
    Seam(
        "marshmallow",
        "Field.error_messages, validators, List.inner, Mapping.key_field, the validators' message attributes",
        "chassis.http.indonesian",
        "messages in Indonesian without changing the library's classes",
        "marshmallow_messages",
    ),
    Seam(
        "CPython",
        "atexit._run_exitfuncs",
        "chassis.http.server, chassis.commands",
        "skips the interpreter's shutdown (0.4 s of processor time) and still exports spans and flushes logs",
        "python_exit_functions",
    ),
)
