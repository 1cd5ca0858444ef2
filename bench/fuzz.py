"""Fuzz everything that takes what others wrote: parsers, queries, Markdown reading lists, settings, templates.

    fuzz.py [TARGET…]                 each of them (or all) for 20 seconds by the seeded mutator of the tests
    fuzz.py formats --engine atheris  one of them guided by coverage, as long as it is let, where atheris is installed
    fuzz.py --scaling                 how the time of each format grows with runs of bait, one to four times as long

What is found is written to a file, which `--replay FILE` tries again, and the exit status is 1. A text that takes
longer than a second is named, too. A format whose time grows by much more than its text is marked: 2.0 from one column
to the next is linear, 4.0 quadratic. The tests try every target some hundred times (`tests/test_fuzzing.py`); what is
found here becomes a named test there.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from figures import print_machine, print_table

from fuzz_targets import Target, targets
from fuzzing import BAIT, survives
from reader.formats.detection import names

_SLOW = 1.0  # seconds for a text of some kilobytes
_RUN = 50_000  # characters of bait in the shortest run
_NOTICED = 0.05  # seconds under which growth is noise
_GROWTH = 3.0


def fuzzed(name: str, target: Target, seconds: float, seed: int, found: Path) -> tuple[int, int]:
    """Try a target for so many seconds; gives how often, and how many failures of their own there were."""
    chance, tried, failures = random.Random(f"{seed} {name}"), 0, set[tuple[str, str, int | None]]()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        before, began = chance.getstate(), time.process_time()
        try:
            target.try_once(chance)
        except Exception as error:  # noqa: BLE001 - what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            kind = (type(error).__name__, where.filename, where.lineno)
            if kind not in failures:
                failures.add(kind)
                chance.setstate(before)
                _keep(target, chance, found / f"{name.replace(' ', '-')}-{len(failures)}", error)
        tried += 1
        if (took := time.process_time() - began) > _SLOW:
            print(f"{name}: try {tried:,} of seed {seed} took {took:.1f} s")
    return tried, len(failures)


def _keep(target: Target, chance: random.Random, path: Path, error: Exception) -> None:
    """Write what made it fail to a file, made once more from the same state of chance."""
    tried = list[bytes]()
    Target(target.samples, tried.append).try_once(chance)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tried[0])
    print(f"{type(error).__name__}: {error}; {path} holds the text")


def guided(target: Target, rest: Sequence[str]) -> None:
    """Let atheris look for what makes a target fail; it ends the process when it has found something."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    atheris.instrument_all()
    corpus = Path(tempfile.mkdtemp(prefix="reader-fuzz-"))
    for number, sample in enumerate(target.samples):
        (corpus / str(number)).write_bytes(sample.encode())
    atheris.Setup([sys.argv[0], *rest, str(corpus)], target.take)
    atheris.Fuzz()


def scaling() -> list[list[str]]:
    """The formats and baits whose time grows by more than `_GROWTH` when the bait doubles."""
    rows = []
    for form in names():
        for bait in BAIT:
            took = [_seconds(form, bait, times) for times in (1, 2, 4)]
            if took[2] > _NOTICED and took[2] > _GROWTH * took[1] and took[1] > _GROWTH / 2 * took[0]:
                rows.append([form, ascii(bait), *(f"{seconds * 1000:.0f}" for seconds in took)])
    return rows


def _seconds(form: str, bait: str, times: int) -> float:
    content = (bait * (times * _RUN // len(bait))).encode()
    began = time.process_time()
    survives(content, form=form)
    return time.process_time() - began


def main() -> int:
    """Fuzz, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="*", metavar="TARGET", help="one by name; all unless told")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each target (20)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("seeded", "atheris"), default="seeded")
    parser.add_argument("--found", type=Path, default=Path("found"), help="the folder for what fails (found)")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="try what a file holds once, on the targets told")
    parser.add_argument("--scaling", action="store_true", help="measure how time grows with runs of bait")
    told, rest = parser.parse_known_args()
    if told.scaling:
        print_machine()
        print_table(("format", "bait", "1× ms", "2× ms", "4× ms"), rows := scaling())
        print(f"{len(rows)} of {len(names()) * len(BAIT):,} runs grow by more than their length")
        return 1 if rows else 0
    with tempfile.TemporaryDirectory(prefix="reader-fuzz-") as folder:
        every = targets(Path(folder))
        if unknown := [name for name in told.target if name not in every]:
            parser.error(f"no target is called {unknown[0]!r}; there are {', '.join(every)}")
        chosen = {name: every[name] for name in told.target or every}
        if told.replay is not None:
            for target in chosen.values():
                target.take(told.replay.read_bytes())
            return 0
        if told.engine == "atheris":
            guided(next(iter(chosen.values())), rest)
        failed = 0
        for name, target in chosen.items():
            tried, failures = fuzzed(name, target, told.seconds, told.seed, told.found)
            failed += failures
            print(f"{name}: tried {tried:,} times, failed in {failures} ways")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
