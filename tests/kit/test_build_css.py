"""The CSS is built once, tells what it misses, and is fit for a strict content security policy."""

import shutil
import subprocess

import pytest

from scripts import build_css

CSS = """/* c */ .a { color : red; background: url("data:image/svg+xml,%3Csvg x='1'/%3E") } /*# sourceMappingURL=a */"""


@pytest.fixture
def house(tmp_path):
    """Return a copy of what the build starts from, and an npm that installs tiny packages."""
    for name in ("package.json", "package-lock.json", "scripts/build_css.py", *build_css.OWN):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(build_css.ROOT / name, tmp_path / name)
    calls = []

    def npm(command, *, cwd, check, env):
        calls.append(command)
        for part in [*build_css.PARTS, *build_css.FONTS]:
            file = cwd / "node_modules" / part
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(CSS)
            package = cwd / "node_modules" / "/".join(part.split("/")[:2])
            (package / "LICENSE.md").write_text("EUPL-1.2")

    return tmp_path, npm, calls


def test_it_builds_once_and_again_only_after_a_change(house):
    root, npm, calls = house
    assert build_css.main(root, npm)
    assert not build_css.main(root, npm)
    (root / "static/css/frame.css").write_text(".mp-x { color: red }")
    assert build_css.main(root, npm)
    assert len(calls) == 1, "our own CSS doesn't need the packages anew"
    assert "ci" in calls[0] and "--ignore-scripts" in calls[0]


def test_what_it_leaves_has_no_data_urls_or_comments_and_has_the_licences(house):
    root, npm, _ = house
    build_css.main(root, npm)
    css = (root / "static/vendor/portal.css").read_text()
    assert "data:" not in css
    assert css.count("/*") == 1
    assert "sourceMappingURL" not in css
    pictures = list((root / "static/vendor/img").iterdir())
    assert any(picture.read_text() == "<svg x='1'/>" for picture in pictures)
    assert all(f"img/{picture.name}" in css for picture in pictures)
    assert len(list((root / "static/vendor/licences").iterdir())) == 24


def test_it_tries_again_and_then_says_what_to_do(house, monkeypatch, capsys):
    root, _, _ = house
    monkeypatch.setattr(build_css.time, "sleep", lambda _: None)
    calls = []

    def broken(command, **_):
        calls.append(command)
        raise subprocess.CalledProcessError(1, command)

    with pytest.raises(build_css.Failed, match="network"):
        build_css.main(root, broken)
    assert len(calls) == build_css.ATTEMPTS
    assert not (root / "static/vendor/portal.css").exists()


def test_without_npm_it_names_the_command(monkeypatch, tmp_path):
    monkeypatch.setattr(build_css.shutil, "which", lambda _: None)
    monkeypatch.setattr(build_css.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(build_css.Failed, match="uv sync"):
        build_css.npm()


def test_tighten_leaves_quoted_text_alone():
    assert build_css.tighten('a { content: " ;  } " ; }\n/* x */ b { top : calc(1px + 2px); }') == (
        'a{content: " ;  } "}b{top : calc(1px + 2px)}'
    )


def test_the_lock_file_names_no_private_host():
    lock = (build_css.ROOT / "package-lock.json").read_text()
    hosts = [line for line in lock.splitlines() if "resolved" in line and "https://registry.npmjs.org/" not in line]
    assert hosts == []
    assert lock.count('"integrity"') == 24
