"""Two apps in terminals of their own and three imports on one library: each sees what the others did, all is kept."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from pathlib import Path

from app.made_up import TITLES
from cli.conftest import CHECKOUT, PROCESS_SECONDS
from cli.test_processes import POSIX_ONLY, Terminal
from reader.store import Store
from reader.store.schema import BOOKMARKS

EACH = 150


def importing(folder: Path, number: int) -> subprocess.Popen[bytes]:
    page = folder / f"page{number}.jsonl"
    lines = [json.dumps({"title": f"Lantern {n} of {number}", "abstract": f"On {n * n}."}) for n in range(EACH)]
    page.write_text("\n".join(lines), encoding="utf-8")
    words = [sys.executable, "-m", "reader", "import", str(page)]
    return subprocess.Popen(words, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def draw(app: Terminal) -> None:
    """Take what an app has written: one whose terminal nobody reads waits."""
    while select.select([app._ours], [], [], 0)[0]:
        drawn = os.read(app._ours, 1 << 16)
        app.sent += drawn
        app._stream.feed(drawn)


def both_show(first: Terminal, second: Terminal, *words: str) -> None:
    def shown() -> bool:
        draw(second)
        return all(each in app.text for app in (first, second) for each in words)

    first.until(shown)


def see_the_first_card() -> None:
    """It is shown once, over whichever app begins first."""
    app = Terminal(columns=120)
    app.until(lambda: "Six keys" in app.text)
    app.press("q")
    assert app.leave().status == 0
    app.close()


@POSIX_ONLY
def test_two_apps_and_three_imports_at_once_lose_nothing_and_show_each_other(library: Path, tmp_path: Path) -> None:
    see_the_first_card()
    first, second = Terminal(columns=120), Terminal(columns=120)
    try:
        both_show(first, second, f"1 of {len(TITLES)}")
        imports = [importing(tmp_path, number) for number in range(3)]
        first.press("b")
        second.press("jjb")
        both_show(first, second, "Bookmarks · 2", f"Papers · {len(TITLES) + 3 * EACH}")
        second.press("u")
        both_show(first, second, "Bookmarks · 1")
        for each in imports:
            said, _ = each.communicate(timeout=PROCESS_SECONDS)
            assert (each.returncode, f"{EACH} new".encode() in said, b"locked" in said) == (0, True, False)
        for app in (first, second):
            assert b"locked" not in app.sent
            assert b"another program holds" not in app.sent
            app.press("q")
            assert app.leave().status == 0
    finally:
        first.close()
        second.close()
    with Store.open(library) as store:
        assert [check.damage for check in store.checks.run() if check.damage] == []
        assert store.papers.count() == len(TITLES) + 3 * EACH
        assert [store.papers.titles([each])[each] for each in store.lists.entries(BOOKMARKS)] == [TITLES[0]]
