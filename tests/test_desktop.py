"""What opens addresses and takes texts, on each platform; programs are run, never a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.desktop import NOTHING, Desktop, found

WAYLAND = {"WAYLAND_DISPLAY": "wayland-0", "TERM": "xterm-256color"}
X = {"DISPLAY": ":0"}


def here(environment: dict[str, str], platform: str, *programs: str) -> Desktop:
    return found(environment, platform=platform, which=lambda name: f"/bin/{name}" if name in programs else None)


@pytest.mark.parametrize(
    ("desktop", "opener", "clipboard"),
    [
        (here({}, "darwin", "open", "pbcopy"), ("/bin/open",), ("/bin/pbcopy",)),
        (here(WAYLAND, "linux", "xdg-open", "wl-copy", "xclip"), ("/bin/xdg-open",), ("/bin/wl-copy",)),
        (here(X, "linux", "gio", "xclip"), ("/bin/gio", "open"), ("/bin/xclip", "-selection", "clipboard")),
        (here(X, "linux", "xsel"), None, ("/bin/xsel", "--clipboard", "--input")),
        (here({"WSL_DISTRO_NAME": "x"}, "linux", "wslview", "clip.exe"), ("/bin/wslview",), ("/bin/clip.exe",)),
        (
            here({}, "win32", "rundll32", "clip.exe"),
            ("/bin/rundll32", "url.dll,FileProtocolHandler"),
            ("/bin/clip.exe",),
        ),
        (here({}, "linux", "xdg-open", "xclip", "wl-copy"), None, None),
        (here({"SSH_TTY": "/dev/pts/0", **X}, "linux", "xdg-open", "xclip"), None, None),
        (here({"SSH_CONNECTION": "1", "TMUX": "x"}, "linux", "tmux"), None, ("/bin/tmux", "load-buffer", "-w", "-")),
        (here({"TMUX": "x", **X}, "linux", "tmux", "xclip"), None, ("/bin/xclip", "-selection", "clipboard")),
    ],
)
def test_what_is_found(desktop: Desktop, opener: tuple[str, ...] | None, clipboard: tuple[str, ...] | None) -> None:
    assert (desktop.opener, desktop.clipboard) == (opener, clipboard)


def test_what_is_known_of_the_terminal() -> None:
    assert here({"SSH_CLIENT": "1"}, "linux").over_ssh
    assert not here(X, "linux").over_ssh
    assert not here({"TERM": "linux"}, "linux").hyperlinks
    assert here(WAYLAND, "linux").hyperlinks


def test_a_program_gets_the_address_as_one_argument_and_the_text_on_its_input(tmp_path: Path) -> None:
    said = tmp_path / "said"
    write = (sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write(sys.argv[2])", os.fspath(said))
    assert Desktop(opener=write).open("https://a.org/$(x);y&z")
    assert said.read_text() == "https://a.org/%24(x);y&z"
    read = (sys.executable, "-c", "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())", os.fspath(said))
    assert Desktop(clipboard=read).copy("L² and \udcff")
    assert said.read_bytes() == "L² and ?".encode()


def test_what_fails_is_told() -> None:
    fails = (sys.executable, "-c", "raise SystemExit(3)")
    assert not Desktop(opener=fails).open("https://a.org")
    assert not Desktop(clipboard=fails).copy("a")
    assert not Desktop(opener=("/no/such/program",)).open("https://a.org")
    assert not Desktop(clipboard=("/no/such/program",)).copy("a")
    assert not NOTHING.open("https://a.org")
    assert not NOTHING.copy("a")


def test_a_clipboard_is_named_by_its_program() -> None:
    assert Desktop(clipboard=("/usr/bin/wl-copy",)).clipboard_name == "wl-copy"
    assert NOTHING.clipboard_name == ""


def test_a_browser_that_stays_has_opened_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[object] = []

    class Browser:
        def __init__(self, *arguments: object, **named: object) -> None:
            ended.append(arguments)

        def wait(self, timeout: float) -> int:
            raise subprocess.TimeoutExpired("browser", timeout)

    monkeypatch.setattr(subprocess, "Popen", Browser)
    assert Desktop(opener=("browser",)).open("https://example.org/")
    assert len(ended) == 1
