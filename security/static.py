"""
What can be seen without running the portal: `python -m security.static`. Nothing found may be left unexplained.

bandit, the S rules of ruff, semgrep with the rules of security/rules/, Django's `check --deploy` and detect-secrets.
What is left as it is has a row in security/waivers.toml, with a reason and a date.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from security import figures

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "security"
TOOLS = ROOT / ".cache" / "security"
PRODUCT = [
    path.parent.name for path in sorted(ROOT.glob("*/__init__.py")) if path.parent.name not in ("tests", "bench")
]
CODE = [*PRODUCT, "deploy", "scripts"]
PRODUCTION = {
    "PORTAL_ENV": "production",
    "ALLOWED_HOSTS": "portaal.example",
    "DATABASE_URL": "postgresql://portaal@db/portaal?sslmode=verify-full",
    "REDIS_URL": "rediss://redis/0?ssl_cert_reqs=required",
    "CLAMD_ADDRESS": "/run/clamav/clamd.ctl",
    "SECRET_KEY": "dit-is-geen-geheim-maar-wel-lang-genoeg-voor-deze-controle-0123456789",
    "LOG_LOOKUP_KEY": "dit-is-geen-sleutel-maar-wel-lang-genoeg-voor-deze-controle-1",
    "LOG_SEAL_KEY": "dit-is-geen-sleutel-maar-wel-lang-genoeg-voor-deze-controle-2",
    "DATA_KEYS": "eerste:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "LOOKUP_KEY": "YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqYWI=",
}


@dataclass(frozen=True)
class Finding:
    """What a tool has to say about a line."""

    tool: str
    rule: str
    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.tool} {self.rule} {self.path}:{self.line} {self.words}"


@dataclass(frozen=True)
class Waiver:
    """Why something that a tool finds is left as it is."""

    tool: str
    rule: str
    where: str
    since: date
    why: str

    def covers(self, finding: Finding) -> bool:
        """Say whether it speaks of this finding."""
        same = (finding.tool, finding.rule) == (self.tool, self.rule)
        return same and fnmatch(finding.path, self.where)


def waivers() -> list[Waiver]:
    """Read the reasons that were written down."""
    text = (HERE / "waivers.toml").read_text(encoding="utf-8")
    return [Waiver(**one) for one in tomllib.loads(text)["waiver"]]


def run(*command: str | Path, **environment: str) -> str:
    """Run a tool; return what it prints. Most exit with 1 when they find something."""
    path = f"{TOOLS / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": path, "SEMGREP_SEND_METRICS": "off", **environment},
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} werkt niet: {done.stderr[-2000:]}")
    return done.stdout


def bandit() -> Iterator[Finding]:
    """Look for what is dangerous in Python."""
    for one in json.loads(run(TOOLS / "bin/bandit", "--quiet", "--recursive", "--format", "json", *CODE))["results"]:
        yield Finding("bandit", one["test_id"], one["filename"], one["line_number"], one["issue_text"])


def ruff() -> Iterator[Finding]:
    """Look for the same with the rules of ruff; its waivers stand in the code, as noqa with a reason."""
    # S603 and S607 are those of bandit (B603, B607), with the same reasons.
    ours = ("--select", "S", "--ignore", "S603,S607")
    said = run(sys.executable, "-m", "ruff", "check", *ours, "--output-format", "json", *CODE)
    for one in json.loads(said):
        path = str(Path(one["filename"]).relative_to(ROOT))
        yield Finding("ruff", one["code"], path, one["location"]["row"], one["message"])


def semgrep() -> Iterator[Finding]:
    """Look for what this house doesn't do, by its own rules."""
    command = ("scan", "--metrics=off", "--disable-version-check", "--quiet", "--json", "--config", "security/rules")
    said = json.loads(run(TOOLS / "bin/semgrep", *command, *CODE, "static/js", "templates"))
    if said["errors"] or len(said["paths"]["scanned"]) < 200:
        raise RuntimeError(f"semgrep las {len(said['paths']['scanned'])} bestanden: {said['errors']}")
    for one in said["results"]:
        yield Finding("semgrep", one["check_id"].rpartition(".")[2], one["path"], one["start"]["line"],
                      one["extra"]["message"])  # fmt: skip


def secrets() -> Iterator[Finding]:
    """Look for keys and passwords that were committed."""
    # Tests have passwords of invented people; the reasons of the rest stand in the file of waivers.
    kept = run(
        "git", "ls-files", "--", ":!tests", ":!security/waivers.toml", ":!*.lock", ":!*package-lock.json", ":!*.csv"
    ).split()
    said = json.loads(run(TOOLS / "bin/detect-secrets", "scan", *kept))
    for path, several in said["results"].items():
        for one in several:
            yield Finding("detect-secrets", one["type"], path, one["line_number"], "lijkt een geheim")


def deploy() -> Iterator[Finding]:
    """Ask Django what is wrong with the settings of production."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **PRODUCTION},
    )  # fmt: skip
    if done.returncode:
        yield Finding("check --deploy", "check", "portal/settings.py", 1, done.stderr.strip())


def main() -> int:
    """Run every tool and print what is unexplained; return the exit status."""
    known = waivers()
    used: set[Waiver] = set()
    unexplained: list[Finding] = []
    counts: Counter[str] = Counter()
    for tool in (bandit, ruff, semgrep, secrets, deploy):
        counts[tool.__name__] = 0
        for finding in tool():
            counts[tool.__name__] += 1
            reasons = [waiver for waiver in known if waiver.covers(finding)]
            used.update(reasons)
            unexplained += [] if reasons else [finding]
    stale = [waiver for waiver in known if waiver not in used]
    for one in unexplained:
        print(f"zonder uitleg: {one}")
    for waiver in stale:
        print(f"uitleg zonder bevinding: {waiver.tool} {waiver.rule} {waiver.where}")
    unit = "gevonden door " + ", ".join(f"{name} {count}" for name, count in counts.items())
    left = len(unexplained) + len(stale)
    told = figures.tell("statische controles: bevindingen zonder uitleg", left, target=0, unit=f"({unit})")
    return 0 if told.met else 1


if __name__ == "__main__":
    sys.exit(main())
