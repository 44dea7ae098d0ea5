"""One log format everywhere: JSON lines with a snake_case event name, bound fields, request and trace ids."""

import logging
import sys
import threading
from types import TracebackType

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

# Bound while a request runs that must not be known by its time: its lines, all of failures, tell the day.
UNTRACED = "untraced"
_DAY = len("2026-01-31")
FIRST = ("timestamp", "level", "event", "service", "process")


def configure_logging(service: str, process: str, level: str = "INFO") -> None:
    """Write all log output of this process to standard error as JSON lines of one format.

    That is structlog's records, the standard library's (gunicorn, kombu …), Python's warnings, and uncaught
    exceptions of the process or of one of its threads.
    """

    def stamp(_logger: object, _name: str, event: EventDict) -> EventDict:
        event["service"], event["process"] = service, process
        if event.pop(UNTRACED, False):
            event["timestamp"] = event["timestamp"][:_DAY]
        return {**{key: event.pop(key) for key in FIRST if key in event}, **event}

    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    render = structlog.processors.JSONRenderer(sort_keys=False)
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, stamp, render],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_name_foreign, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, stamp, render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(number, logging.WARNING))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_thread_failure


def get_logger() -> FilteringBoundLogger:
    logger: FilteringBoundLogger = structlog.get_logger()
    return logger


def _name_foreign(_logger: object, _name: str, event: EventDict) -> EventDict:
    """Turn a library's sentence, which is no event name, into the `message` of `<library>_message`."""
    record = event.get("_record")
    name = record.name if record is not None else "library"
    event["message"], event["logger"] = str(event["event"]).strip(), name
    event["event"] = f"{name.split('.', 1)[0].lower()}_message"
    return event


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    get_logger().critical("process_failed", exc_info=(kind, error, trace))


def _log_thread_failure(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
        thread = ended.thread.name if ended.thread else "unknown"
        info = (ended.exc_type, ended.exc_value, ended.exc_traceback)
        get_logger().error("thread_failed", thread=thread, exc_info=info)
