"""
Mozilla's judgement of what the portal tells browsers, on this machine: `python -m security.observatory`.

The portal runs with the settings of production, behind nginx with the very configuration of deploy/, with a certificate
of an authority that lives as long as this command. Bron: security.md section 9.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from portal import demo, embedded
from security import figures, static

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "security" / "observatory"
INSTALLED = ROOT / ".cache" / "observatory"
JUDGE = INSTALLED / "node_modules" / "@mdn" / "mdn-http-observatory"
NAME = "portaal.example"
AT_LEAST = 130
BEST = "A+"


def environment() -> dict[str, str]:
    """Return the environment in which node is found: that of the machine, else the one beside this Python."""
    return {**os.environ, "PATH": f"{os.environ['PATH']}{os.pathsep}{Path(sys.executable).parent}"}


def tool(name: str) -> str:
    """Return where npm or node is, or say how to get it."""
    found = shutil.which(name, path=environment()["PATH"])
    if not found:
        raise SystemExit(f"{name} ontbreekt. Het komt mee met de pakketten voor ontwikkelen: uv sync")
    return found


def install() -> None:
    """Get the judge, as its lock file says; its list of preloaded domains comes from the internet and stays empty."""
    lock = (HERE / "package-lock.json").read_bytes()
    kept = INSTALLED / "package-lock.json"
    if not JUDGE.exists() or not kept.exists() or kept.read_bytes() != lock:
        INSTALLED.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, INSTALLED / name)
        command = [tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=INSTALLED, env=environment(), check=True)
    (JUDGE / "conf" / "hsts-preload.json").write_text("{}")


def certificate(folder: Path) -> None:
    """Make an authority and a certificate for our name."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "rsa:2048", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Proef CA")
    openssl("req", *key, "-keyout", "privkey.pem", "-out", "asked.csr", "-subj", f"/CN={NAME}")
    (folder / "names").write_text(f"subjectAltName=DNS:{NAME}")
    signed = ("-in", "asked.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names")
    openssl("x509", "-req", *signed, "-days", "2", "-out", "fullchain.pem")


def configuration(folder: Path, ports: Mapping[str, int]) -> str:
    """Return deploy/nginx.conf with the places of this machine, and nothing else changed."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    places = {
        "/etc/nginx/proxy.conf": str(ROOT / "deploy" / "proxy.conf"),
        "/tls/": f"{folder}/",
        "/srv/static/": f"{folder}/static/",
        "/data/files/": f"{folder}/files/",
        "/tmp/nginx": f"{folder}/nginx",
        "server web:8000": f"server 127.0.0.1:{ports['web']}",
        "listen 8080": f"listen 127.0.0.1:{ports['http']}",
        "listen 8443": f"listen 127.0.0.1:{ports['https']}",
    }
    for there, here in places.items():
        if there not in text:
            raise RuntimeError(f"deploy/nginx.conf noemt {there} niet meer: pas security/observatory.py aan.")
        text = text.replace(there, here)
    if nginx_version() < (1, 25):
        # Debian's is older than the one of the image: it spells this on the line above.
        text = text.replace("        http2 on;\n", "").replace(f"{ports['https']} ssl;", f"{ports['https']} ssl http2;")
    return text


def nginx_version() -> tuple[int, int]:
    """Return which nginx this is."""
    said = subprocess.run([nginx(), "-v"], capture_output=True, text=True, check=True).stderr
    found = re.search(r"nginx/(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def nginx() -> str:
    """Return where nginx is, or say how to get it."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if not found:
        raise SystemExit("Er is geen nginx. Doe dit een keer: apt-get install -y --no-install-recommends nginx-light")
    return found


@contextmanager
def portal(folder: Path, ports: Mapping[str, int]) -> Iterator[None]:
    """Run the portal as in production, with a database of its own, behind nginx."""
    with ExitStack() as running:
        postgres = running.enter_context(embedded.Postgres(folder / "postgres", durable=False))
        redis = running.enter_context(embedded.Redis(folder / "redis"))
        known = {
            name: value for name, value in os.environ.items() if name not in ("DEBUG", "DJANGO_SETTINGS_MODULE")
        } | {
            **static.PRODUCTION,
            "ALLOWED_HOSTS": NAME,
            "DATABASE_URL": postgres.url,
            "REDIS_URL": redis.url,
            "PORTAL_DATA_DIR": str(folder),
            "STATIC_ROOT": str(folder / "static"),
            "PRIVATE_DOWNLOADS": "nginx",
        }
        for command in (["migrate"], ["createcachetable"], ["collectstatic", "--no-input"]):
            as_owner = known | {"DATABASE_OWNER_URL": postgres.owner_url}
            subprocess.run([sys.executable, "manage.py", *command, "-v0"], cwd=ROOT, env=as_owner, check=True)
        demo.FOLDER, demo.LOGS = folder, folder / "logs"
        demo.LOGS.mkdir(exist_ok=True)
        web = demo.web(ports["web"], known)
        running.callback(web.stop)
        running.callback(web.ask_to_stop)
        (folder / "nginx.conf").write_text(configuration(folder, ports), encoding="utf-8")
        command = [nginx(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
        subprocess.run([*command[:-2], "-t"], check=True, capture_output=True)
        front = demo.Child("nginx", command, known)
        running.callback(front.stop)
        running.callback(front.ask_to_stop)
        for port in (ports["web"], ports["https"]):
            wait_for(port)
        yield


def wait_for(port: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(600):
        if embedded.free_port(port) != port:
            return
        time.sleep(0.1)
    raise RuntimeError(f"Op poort {port} antwoordt niemand.")


def judge(folder: Path, ports: Mapping[str, int]) -> dict[str, dict[str, object]]:
    """Let the judge look at the first page, as a browser on the internet would come to it."""
    known = environment() | {
        "NODE_EXTRA_CA_CERTS": str(folder / "ca.pem"),
        "NODE_OPTIONS": f"--require {HERE / 'loopback.cjs'}",
        # A web server that has just begun is slow on a busy machine.
        "ABORT_TIMEOUT": "60000",
        "CLIENT_TIMEOUT": "50000",
        "OBSERVATORY_NAME": NAME,
        "OBSERVATORY_HTTP": str(ports["http"]),
        "OBSERVATORY_HTTPS": str(ports["https"]),
    }
    done = subprocess.run(
        [tool("node"), "src/scan.js", NAME], cwd=JUDGE, env=known, capture_output=True, text=True, check=False
    )
    said: dict[str, dict[str, object]] = json.loads(done.stdout or "{}")
    if "scan" not in said:
        raise RuntimeError(f"De keuring lukt niet: {done.stdout} {done.stderr[-2000:]}")
    return said


def main() -> int:
    """Start everything, judge, and print; return the exit status."""
    install()
    ports = {name: embedded.free_port() for name in ("web", "http", "https")}
    with tempfile.TemporaryDirectory(prefix="portaal-") as made:
        folder = Path(made)
        # nginx, when root, and PostgreSQL let somebody else look in here.
        folder.chmod(0o755)
        certificate(folder)
        with portal(folder, ports):
            said = judge(folder, ports)
    for name, test in sorted(said["tests"].items()):
        assert isinstance(test, dict)
        print(f"  {name:32} {test['scoreModifier']:>4}  {test['result']}")
    score, grade = said["scan"]["score"], said["scan"]["grade"]
    told = figures.tell("MDN HTTP Observatory", f"{score}", target=AT_LEAST, at_least=True, unit=f"(cijfer {grade})")
    return 0 if told.met and grade == BEST else 1


if __name__ == "__main__":
    sys.exit(main())
