"""
What is logged and how: one line of JSON per event in production, readable lines elsewhere.

Logs are read by people who may not read dossiers. So no address of a browser, nothing typed in a search box, and from
an error its kind and place, with numbers, addresses and quoted values taken out of its text.
"""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

PERSONAL_FIELDS = ("user_agent", "ip")
HIDDEN = "…"
PERSONAL_TEXT = re.compile(
    r"(?P<row>DETAIL:.*|(?<=Key )\(.*)"  # PostgreSQL quotes the row that a constraint refused
    r"|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]+)"
    r"|(?P<key>mp_[0-9a-f]{8}_[\w-]+)"  # a key of a program
    r"|(?P<number>(?<![\w-])\d{8,9}(?![\w-]))"  # a BSN, an AGB code
)


def without_personal_data(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Take out what tells who someone is."""
    for field in PERSONAL_FIELDS:
        event.pop(field, None)
    for field in ("event", "exception", "error"):
        if isinstance(event.get(field), str):
            event[field] = PERSONAL_TEXT.sub(HIDDEN, event[field])
    return event


BEFORE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    without_personal_data,
]


def logging(*, machine: bool, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to standard output, through one formatter."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if machine
        else structlog.dev.ConsoleRenderer(
            colors=False, pad_event_to=40, exception_formatter=structlog.dev.plain_traceback
        )
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*BEFORE],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stdout"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django writes each failed request once more, with its address; ours is enough.
            "django.request": {"level": "CRITICAL"},
            # Somebody who knocks under another name: the answer 400 is logged, the stack is of no use.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "django": {"handlers": [], "level": level},
            "fontTools": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
