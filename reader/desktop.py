"""What the computer under the app can do with an address and with a text: open it in a browser, take it as clipboard.

Programs are run by a list of arguments, never by a shell, and are not waited for long. Only web addresses are opened,
and what a shell or PowerShell would act on is percent-encoded in them: some openers are scripts that hand them on. Over
SSH nothing is opened and no clipboard of the far computer is used, which nobody sits before: the terminal is what is at
hand then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from reader.addresses import is_web_address
from reader.frozen import frozen

PATIENCE_SECONDS = 2.0
"""How long a program is waited for."""

_ACTING = re.compile(r"""["'`$\\<>{}|^]""")

Which = Callable[[str], "str | None"]


@frozen
class Desktop:
    """What there is.

    Attributes:
        opener: the program, with its arguments, that opens an address that is put behind them; None for none.
        clipboard: the program that takes a text from its standard input; None for none.
        over_ssh: whether the user sits at another computer.
        hyperlinks: whether the terminal is one that passes over what it does not know, as hyperlinks may be.
    """

    opener: tuple[str, ...] | None = None
    clipboard: tuple[str, ...] | None = None
    over_ssh: bool = False
    hyperlinks: bool = True

    def open(self, address: str) -> bool:
        """Open a web address in the browser, and give whether a program took it; anything else is never opened."""
        if self.opener is None or not is_web_address(address):
            return False
        import subprocess  # costs the app's start milliseconds

        try:
            started = subprocess.Popen(  # noqa: S603 - a list of arguments, of which the last is a web address
                [*self.opener, _inert(address)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return False
        try:
            return started.wait(PATIENCE_SECONDS) == 0
        except subprocess.TimeoutExpired:  # it is the browser itself, which stays
            return True

    def copy(self, text: str) -> bool:
        """Give a text to the clipboard, and tell whether a program took it."""
        if self.clipboard is None:
            return False
        import subprocess

        encoding = "utf-16" if self.clipboard[0].endswith("clip.exe") else "utf-8"
        try:
            ended = subprocess.run(  # noqa: S603 - the program is one of those named below
                self.clipboard,
                input=text.encode(encoding, errors="replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return ended.returncode == 0

    @property
    def clipboard_name(self) -> str:
        """What the clipboard's program is called."""
        return "" if self.clipboard is None else self.clipboard[0].replace("\\", "/").rpartition("/")[2]


NOTHING = Desktop()
"""A computer of which nothing is known but its terminal."""


def found(environment: Mapping[str, str], *, platform: str, which: Which) -> Desktop:
    """What there is on this computer.

    Args:
        environment: its variables.
        platform: as `sys.platform`.
        which: gives the path of a program, as `shutil.which`.
    """
    over_ssh = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    hyperlinks = environment.get("TERM", "") not in {"linux", "dumb"}
    screen = bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
    opener = None if over_ssh else _first(_openers(platform, screen=screen), which)
    clipboard = None if over_ssh else _first(_clipboards(environment, platform), which)
    if environment.get("TMUX"):  # tmux passes on to the terminal what is put into its own buffer
        clipboard = clipboard or _first([("tmux", "load-buffer", "-w", "-")], which)
    return Desktop(opener, clipboard, over_ssh, hyperlinks)


def _inert(address: str) -> str:
    """An address that leads to the same place, without what any script between here and the browser may act on."""
    return _ACTING.sub(lambda found: f"%{ord(found[0]):02X}", address)


def _openers(platform: str, *, screen: bool) -> list[tuple[str, ...]]:
    if platform == "darwin":
        return [("open",)]
    if platform == "win32":
        return [("rundll32", "url.dll,FileProtocolHandler")]
    with_screen: list[tuple[str, ...]] = [("xdg-open",), ("gio", "open")] if screen else []
    return [("wslview",), *with_screen]


def _clipboards(environment: Mapping[str, str], platform: str) -> list[tuple[str, ...]]:
    if platform == "darwin":
        return [("pbcopy",)]
    if platform == "win32":
        return [("clip.exe",)]
    chosen: list[tuple[str, ...]] = []
    if environment.get("WAYLAND_DISPLAY"):
        chosen.append(("wl-copy",))
    if environment.get("DISPLAY"):
        chosen += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    if environment.get("WSL_DISTRO_NAME"):
        chosen.append(("clip.exe",))
    return chosen


def _first(programs: list[tuple[str, ...]], which: Which) -> tuple[str, ...] | None:
    """The first program that is there, by its whole path."""
    for name, *arguments in programs:
        if (path := which(name)) is not None:
            return (path, *arguments)
    return None
