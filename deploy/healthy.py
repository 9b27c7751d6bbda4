"""Say by exit status whether a container works: `python deploy/healthy.py web`, or `worker` for worker and clock."""

import os
import sys
import urllib.request
from datetime import UTC, datetime, timedelta

import redis

HEARTBEAT = "portaal:hartslag"  # portal/health.py
SILENT = timedelta(minutes=2)


def web() -> bool:
    """Ask the web server for a sign of life, under the name that it listens to."""
    host = os.environ["ALLOWED_HOSTS"].split()[0]
    request = urllib.request.Request("http://127.0.0.1:8000/gezondheid/leeft/", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
        return bool(response.status == 200)


def worker() -> bool:
    """Look when the worker last heard the clock: that takes both."""
    with redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=5) as client:
        sign = client.get(HEARTBEAT)
    return isinstance(sign, bytes) and datetime.now(UTC) - datetime.fromisoformat(sign.decode()) < SILENT


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "worker": worker}[sys.argv[1]]() else 1)
