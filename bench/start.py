"""How long the app takes from its start to the first painted list, beside apps that have less to show.

In each round, one after the other: `python -m reader` on the library until a frame shows the first paper's title in the
list; the app's panes with nothing in them (`empty_panes.py`) until a frame shows their headings; a Textual app that is
one text (`bare_static.py`) until a frame shows it; and `python -c pass` until it has ended. The first round is not
counted. All of them run at the app's own frame rate. Ratios are medians of the rounds' own ratios.

What is measured is the copy of reader that this interpreter imports; it is named above the table. Bytecode counts:
where Python may not write it beside the modules, each start compiles them anew, and the table says so. So measure an
installed copy, with its own interpreter (`…/bin/python bench/start.py`); everything is started in an empty folder, so
that the checkout's own package does not come before it.

Other readers that are installed take part with the same papers (--peer, and --peer-rounds 0 to leave them out); those
that are not are named. Theirs is the time until the screen shows any title of the library anywhere, and for newsboat
its list of feeds, too. They are given their papers in a form of their own:

"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

import figures
import libraries
import peers
from corpus import Corpus
from figures import MILLISECONDS, of_pairs, percentile, print_machine, print_table
from terminal import Display, Silent, Terminal, environment, pane

import reader.cli
from reader.store import Store

_LONGEST, _PEER_LONGEST = 60.0, 120.0
_SILENCE = 0.3
_TITLE_BEGINS = 20
_FRAMES_A_SECOND = "240"
"""What the app asks Textual for; the others would be painted less often by themselves."""
_HERE = Path(__file__).resolve().parent
_READER, _PANES, _STATIC, _PYTHON = "reader, first list", "empty panes", "bare Static", "python -c pass"

Condition = Callable[[Display], bool]
Times = dict[str, list[float]]
"""Seconds of each run, by what was run."""


def waited(terminal: Terminal, condition: Condition, longest: float) -> float:
    """When the first frame was read that meets a condition.

    Raises:
        Silent: none does.
    """
    end = time.perf_counter() + longest
    while time.perf_counter() < end:
        chunks = terminal.read(silence=_SILENCE, longest=longest)
        painted = terminal.first_shown(chunks, condition)
        if painted is not None:
            return painted
    raise Silent(f"it was not shown within {longest:.0f} s; the screen was:\n" + "\n".join(terminal.display()))


def in_terminal(command: Sequence[str], env: Mapping[str, str], condition: Condition) -> float:
    """Seconds from the start of a command to the frame that meets a condition."""
    with Terminal(command, environment=env) as terminal:
        return waited(terminal, condition, _LONGEST) - terminal.started


def process(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Seconds from the start of a command to its end."""
    started = time.perf_counter()
    subprocess.run(command, env=dict(env), cwd=env["HOME"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def first_title(path: Path) -> str:
    """How the first title of the default order begins."""
    with Store.open(path) as store:
        ids = store.papers.ids(limit=1)
        return store.papers.rows(ids)[0].title[:_TITLE_BEGINS].rstrip()


def listed(title: str) -> Condition:
    """Whether the list shows that title."""
    return lambda display: any(title in line for line in pane(display, "Papers"))


def headed(display: Display) -> bool:
    """Whether the panes are there."""
    return bool(pane(display, "Papers") and pane(display, "Bookmarks") and pane(display, "Paper"))


def written(display: Display) -> bool:
    """Whether the text is there."""
    return display[0].startswith("Papers")


def measured(path: Path, rounds: int) -> Times:
    """What reader and the floors under it take."""
    title, python = first_title(path), sys.executable
    seconds: Times = {}
    with environment(TEXTUAL_FPS=_FRAMES_A_SECOND, READER_LIBRARY=str(path)) as env:
        runs: dict[str, Callable[[], float]] = {
            _READER: lambda: in_terminal([python, "-m", "reader"], env, listed(title)),
            _PANES: lambda: in_terminal([python, str(_HERE / "empty_panes.py")], env, headed),
            _STATIC: lambda: in_terminal([python, str(_HERE / "bare_static.py")], env, written),
            _PYTHON: lambda: process([python, "-c", "pass"], env),
        }
        for number in range(rounds + 1):
            for name, run in runs.items():
                took = run()
                if number:
                    seconds.setdefault(name, []).append(took)
    return seconds


def peer_steps(peer: peers.Peer) -> Iterator[tuple[str, float]]:
    """Each step that a peer takes to its list, and the seconds from its start, keys being pressed at once.

    Raises:
        Silent: it does not come so far.
    """
    with environment(**peer.environment) as env, Terminal(peer.command, environment=env) as terminal:
        took, began = 0.0, terminal.started
        for step in peer.steps:
            if step.keys:
                began = terminal.write(step.keys)
            shows: Condition = lambda display, step=step: any(text in "\n".join(display) for text in step.texts)  # type: ignore[misc]  # noqa: E731
            took += waited(terminal, shows, _PEER_LONGEST) - began
            yield step.name, took


def measured_peers(commands: Mapping[str, Sequence[str]], papers: int, seed: int, rounds: int) -> Times:
    """What the peers take, each in rounds of its own; those that do not get there are named."""
    seconds: Times = {}
    for name, command in commands.items():
        with tempfile.TemporaryDirectory(prefix="reader-bench-", ignore_cleanup_errors=True) as folder:
            try:
                peer = peers.KNOWN[name](command, Corpus(seed).papers(papers), Path(folder))
                for number in range(rounds + 1):
                    for step, took in peer_steps(peer):
                        if number:
                            seconds.setdefault(f"{name}, {step}", []).append(took)
            except (Silent, OSError, subprocess.SubprocessError) as error:
                print(f"{name} was left out: {error}\n")
    return seconds


def print_results(seconds: Times) -> None:
    """The table."""
    rows = []
    for name, each in seconds.items():
        in_ms = [f"{value * MILLISECONDS:.0f}" for value in (median(each), percentile(each, 95), min(each))]
        rows.append([name, str(len(each)), *in_ms, f"{of_pairs(seconds[_READER], each):.2f}"])
    print_table(("start until", "n", "p50 ms", "p95 ms", "min ms", "reader over it, of pairs"), rows)


def compiled() -> bool:
    """Whether bytecode of reader lies beside its modules."""
    return Path(importlib.util.cache_from_source(reader.cli.__file__)).exists()


def main() -> int:
    """Measure and print."""
    about = (__doc__ or "") + (peers.__doc__ or "").partition("What each is given:\n\n")[2]
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 10_000)
    parser.add_argument("--rounds", type=int, default=20, help="how many starts of each (20)")
    parser.add_argument("--peer-rounds", type=int, default=3, help="how many starts of each other reader (3)")
    peers.add_arguments(parser)
    figures.add_argument(parser)
    told = parser.parse_args()
    commands = peers.found(parser, told) if told.peer_rounds else {}
    print_machine()
    for library in libraries.opened(parser, told):
        try:
            seconds = measured(library.path, told.rounds)
        except Silent as silent:
            print(f"start.py: {silent}", file=sys.stderr)
            return 1
        print(f"{library.name} papers\n")
        seconds |= measured_peers(commands, library.papers, told.seed, told.peer_rounds)
        print_results(seconds)
        ratios = {"start over empty panes": _PANES, "start over bare": _STATIC}
        kept = {name: of_pairs(seconds[_READER], seconds[floor]) for name, floor in ratios.items()}
        figures.keep(told, library.papers, {**kept, "start p50 ms": median(seconds[_READER]) * MILLISECONDS})
    if not compiled():
        print("no bytecode of reader was written beside its modules: each start compiled them anew")
    if told.peer_rounds:
        print("not installed: " + (", ".join(name for name in peers.KNOWN if name not in commands) or "none"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
