"""Kills reader with SIGKILL at random moments, and looks whether anything that was confirmed is lost or half done.

Each act is done twice over: by commands as users run them, and by a forked process, which meets more moments in a
second. A command has confirmed what it does when it prints anything or ends with exit status 0; a forked process tells
over a pipe what has returned to its caller, as the screen would. Some time later it is killed. Then the library must
open and be sound, everything that was confirmed must be there, nothing must be seen half done, and the same act must
succeed.

python tests/kills.py [--kills N] [--seed N] [--of commands|forks] [ACT...]     a table, and exit status 1 on a failure
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from killed_acts import ACTS, library_of
from reader.cli import run

CHECKOUT = Path(__file__).parents[1]
WHOLE = 2
"""How many commands at most end by themselves before one is killed."""


def trial_of_commands(name: str, folder: Path, whole: int, seconds: float | None) -> tuple[int, float]:
    """Run so many commands of an act, kill the next after so many seconds, and look.

    Returns:
        how many were confirmed, and how long the last one took.

    Raises:
        AssertionError: something was lost or is half done.
    """
    act = ACTS[name]
    assert act.commands is not None, f"no command does {name}"
    act.prepare(folder)
    confirmed, took = 0, 0.0
    for number, words in enumerate(itertools.islice(act.commands(folder), whole + 1)):
        took, done = _command(folder, words, seconds if number == whole else None)
        confirmed += done
    _look(name, folder, confirmed)
    return confirmed, took


def _command(folder: Path, words: list[str], seconds: float | None) -> tuple[float, bool]:
    """Run a command, killed after so many seconds; how long it took, and whether it confirmed that it was done."""
    surroundings = {"PYTHONPATH": str(CHECKOUT), "READER_LIBRARY": str(library_of(folder)), "HOME": str(folder)}
    with (folder / "said").open("w+b") as said:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "reader", *words], stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            env={**os.environ, **surroundings},
        )  # fmt: skip
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        took = time.monotonic() - began
        said.seek(0)
        words_said = said.read()
    assert status in (0, -signal.SIGKILL), f"{words} failed by itself: {words_said!r}"
    return took, status == 0 or bool(words_said)


def trial(name: str, folder: Path, seconds: float | None) -> tuple[int, float]:
    """Do an act in that folder, kill it after so many seconds, and look; give what was confirmed and how long it took.

    Raises:
        AssertionError: something was lost or is half done.
    """
    act = ACTS[name]
    act.prepare(folder)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            act.act(folder, lambda: os.write(writing, b"."))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    began = time.monotonic()
    confirmed = _told(reading, seconds)
    if seconds is not None:
        os.kill(child, signal.SIGKILL)
    confirmed += _told(reading, None)
    took = time.monotonic() - began
    os.close(reading)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"{name} failed by itself"
    _look(name, folder, confirmed)
    return confirmed, took


def _look(name: str, folder: Path, confirmed: int) -> None:
    if name != "restore":  # the library that is being restored is a damaged one
        _require_sound(folder, f"after {confirmed} steps")
    ACTS[name].check(folder, confirmed)
    _require_sound(folder, "at the end")


def _told(reading: int, seconds: float | None) -> int:
    """How many steps were confirmed within so many seconds, or until the other end is closed."""
    import select

    end = None if seconds is None else time.monotonic() + seconds
    count = 0
    while end is None or time.monotonic() < end:
        if end is not None and not select.select([reading], [], [], max(0.0, end - time.monotonic()))[0]:
            break
        told = os.read(reading, 1 << 10)
        if not told:
            break
        count += len(told)
    return count


def _require_sound(folder: Path, when: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = run(["--library", str(library_of(folder)), "doctor"])
    assert status == 0, f"doctor, {when}: {said.getvalue()}"


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _kills_of_forks(name: str, chance: random.Random) -> Callable[[Path], int]:
    with tempfile.TemporaryDirectory() as whole:
        _, usual = trial(name, Path(whole), None)
    return lambda folder: trial(name, folder, chance.random() * usual)[0]


def _kills_of_commands(name: str, chance: random.Random) -> Callable[[Path], int]:
    with tempfile.TemporaryDirectory() as whole:
        _, usual = trial_of_commands(name, Path(whole), 0, None)
    most = 0 if name == "restore" else WHOLE
    return lambda folder: trial_of_commands(
        name,
        folder,
        chance.randint(0, most),
        usual * chance.uniform(0.3, 1.1),  # before that, Python is starting
    )[0]


KINDS = {"commands": _kills_of_commands, "forks": _kills_of_forks}


def _kill(kind: str, name: str, kills: int, chance: random.Random) -> int:
    """Kill an act so many times, say what came of it, and give the number of failures."""
    one = KINDS[kind](name, chance)
    confirmed, failures = [], 0
    for number in range(kills):
        with tempfile.TemporaryDirectory() as folder:
            try:
                confirmed.append(one(Path(folder)))
            except AssertionError as error:
                failures += 1
                say(f"{name} by {kind}, kill {number}: {error}")
    steps = f"{min(confirmed)} to {max(confirmed)}" if confirmed else "none"
    say(f"{name:10} by {kind:8} {kills:3} kills, after {steps} confirmed steps, {failures} failures")
    return failures


def main() -> int:
    """Kill as often as asked, and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    asked.add_argument("acts", nargs="*")
    asked.add_argument("--kills", type=int, default=225, help="of each kind")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--of", choices=KINDS, help="only of this kind")
    told = asked.parse_args()
    failures = 0
    for kind in (told.of,) if told.of else KINDS:
        names = [name for name in told.acts or ACTS if kind == "forks" or ACTS[name].commands is not None]
        for name in names:
            chance = random.Random(f"{told.seed} {kind} {name}")
            failures += _kill(kind, name, -(-told.kills // len(names)), chance)
    say(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
