"""Logs: one line an event on standard error, without secrets, mail addresses or anything a person wrote."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

OURS = ("adapters", "bot", "jobs", "store")
HIDDEN = "[hidden]"
SHORT = 6
"""A secret shorter than this is no secret, and would tear holes into every line."""

_SHAPES = (
    r"\bxox[a-z](?:\.xox[a-z])?-[\w.-]+",
    r"\bxapp-[\w-]+",
    r"\bsk-[\w-]{8,}",
    r"(?i:\bbearer\s+)[\w.~+/=-]+",
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",
)


def configure(level: str, stream: TextIO, hidden: Iterable[str] = ()) -> None:
    """Readable lines on a terminal, else JSON; `hidden` are values that must never appear.

    Other people's code stays at WARNING or above: below it, SDKs and drivers print tokens and message texts.
    """
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _locate,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(stream), _hider(hidden)],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.basicConfig(
        handlers=[handler], level=max(logging.WARNING, logging.getLevelNamesMapping()[level]), force=True
    )
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _renderer(stream: TextIO) -> Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _locate(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turns an exception into its type and where it arose: its message may quote what a person wrote."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    elif error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = _story(error)
    return event


def _story(error: BaseException) -> str:
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < 10:
        told.append("".join(traceback.format_tb(cause.__traceback__)) + type(cause).__qualname__)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\ncaused by:\n".join(told)


def _hider(hidden: Iterable[str]) -> Processor:
    values = sorted((value for value in hidden if len(value) >= SHORT), key=len, reverse=True)
    exact = [
        re.escape(form)
        for value in values
        for form in dict.fromkeys((value, json.dumps(value, ensure_ascii=False)[1:-1]))
    ]
    pattern = re.compile("|".join((*exact, *_SHAPES)))

    def hide(_logger: WrappedLogger, _method: str, line: EventDict) -> str:
        return pattern.sub(HIDDEN, str(line))  # the last in the chain: a renderer has made a text of the event

    return hide
