"""Other terminal readers, each given the same made-up papers in a form of its own, to be started beside ours.

Nothing of theirs is part of this project: those that are on the PATH, or are named with `--peer NAME=COMMAND`, take
part. What each is given:

  newsboat       an RSS feed with an item a paper, loaded into its cache before anything is timed; its first list is
                 that of feeds, and the list of items follows on Enter
  arxiv-viewer   the text of an arXiv announcement, as its own input: `arxiv-viewer -i FILE`; its first greeting is
                 off
  artui          its SQLite database, made by itself and then filled, with every paper of today, since it shows recent
                 ones only, and no category to ask arXiv for, so that it does not wait for the network
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from corpus import Made
from terminal import Silent, Terminal, environment

_FEED = "Made-up papers"
_PREPARING_SECONDS = 600
_TITLE_BEGINS = 12
"""Characters of a title by which its row is recognised: what fits into the narrowest column."""
_CATEGORY = "cs.LG"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is waited for: any of some texts on the screen; and the keys that are pressed before."""

    name: str
    texts: frozenset[str]
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that is ready to be started."""

    command: Sequence[str]
    environment: Mapping[str, str]
    steps: Sequence[Step]


Prepare = Callable[[Sequence[str], Iterator[Made], Path], Peer]


def newsboat(command: Sequence[str], papers: Iterator[Made], folder: Path) -> Peer:
    """Write a feed and load it."""
    feed, urls, config = folder / "feed.xml", folder / "urls", folder / "config"
    titles = set()
    with feed.open("w", encoding="utf-8") as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{_FEED}</title>\n')
        for paper in papers:
            titles.add(_begin(paper))
            day = datetime.combine(paper.published, datetime.min.time(), UTC)
            link = f"https://arxiv.org/abs/{paper.arxiv_id}"
            out.write(
                f"<item><title>{escape(paper.title)}</title><link>{link}</link><guid>{link}</guid>"
                f"<pubDate>{format_datetime(day)}</pubDate><description>{escape(paper.abstract)}</description></item>\n"
            )
        out.write("</channel></rss>\n")
    urls.write_text(f"{feed.resolve().as_uri()}\n", encoding="utf-8")
    config.write_text("auto-reload no\n", encoding="utf-8")
    whole = [*command, "-u", str(urls), "-c", str(folder / "cache.db"), "-C", str(config)]
    env = {"HOME": str(folder)}
    _run([*whole, "-x", "reload"], env)
    steps = (Step("its feeds", frozenset({_FEED})), Step("its items, on Enter", frozenset(titles), "\r"))
    return Peer(whole, env, steps)


def arxiv_viewer(command: Sequence[str], papers: Iterator[Made], folder: Path) -> Peer:
    """Write an announcement."""
    dump, titles = folder / "arxiv.txt", set()
    rule, thin = "-" * 78, "\\\\"
    with dump.open("w", encoding="utf-8") as out:
        for paper in papers:
            titles.add(_begin(paper))
            out.write(
                f"{rule}\n{thin}\narXiv:{paper.arxiv_id}\nDate: {paper.published:%a, %d %b %Y}   (10kb)\n\n"
                f"Title: {paper.title}\nAuthors: {', '.join(paper.authors)}\nCategories: {_CATEGORY}\n{thin}\n"
                f"  {paper.abstract}\n{thin} ( https://arxiv.org/abs/{paper.arxiv_id} ,  10kb)\n"
            )
    settings = folder / ".config" / "arxiv-browser" / "config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"onboarding_seen": True, "shortcuts_hint_seen": True}), encoding="utf-8")
    env = {"HOME": str(folder)}
    _greet([*command, "-i", str(dump)], env)
    return Peer([*command, "-i", str(dump)], env, (Step("its papers", frozenset(titles)),))


def artui(command: Sequence[str], papers: Iterator[Made], folder: Path) -> Peer:
    """Let it make its database, and fill it."""
    env = {"HOME": str(folder), "ARTUI_DATA_DIR": str(folder)}
    database = folder / "arxiv_articles.db"
    whole = [*command, "--user-dir", str(folder)]
    (folder / "config.yaml").write_text("categories: {}\nfilters: {}\nfeed_retention_days: 30\n", encoding="utf-8")
    _run([*whole, "db", "info"], env)
    now, titles = datetime.now(UTC).replace(tzinfo=None).isoformat(), set()
    columns = (
        "id, entry_id, title, authors, summary, categories, published_date, pdf_url, citation_count, created_at, "
        "updated_at"
    )
    with closing(sqlite3.connect(database)) as connection, connection:
        for paper in papers:
            titles.add(_begin(paper))
            link = f"https://arxiv.org/abs/{paper.arxiv_id}"
            authors, categories = json.dumps(paper.authors), json.dumps([_CATEGORY])
            row = (paper.arxiv_id, link, paper.title, authors, paper.abstract, categories, now, link, 0, now, now)
            connection.execute(f"insert into articles ({columns}) values ({','.join('?' * len(row))})", row)
            connection.execute("insert into article_status (article_id) values (?)", row[:1])
    return Peer(whole, env, (Step("its papers", frozenset(titles)),))


KNOWN: Mapping[str, Prepare] = {"newsboat": newsboat, "arxiv-viewer": arxiv_viewer, "artui": artui}


def _begin(paper: Made) -> str:
    return paper.title[:_TITLE_BEGINS].rstrip()


def _run(command: Sequence[str], env: Mapping[str, str]) -> None:
    """Run what prepares a program.

    Raises:
        OSError: it is not there, or cannot be run.
        subprocess.SubprocessError: it failed, or took too long.
    """
    subprocess.run(
        command, env={**os.environ, "TERM": "xterm-256color", **env}, stdin=subprocess.DEVNULL, capture_output=True,
        check=True, timeout=_PREPARING_SECONDS,
    )  # fmt: skip


def _greet(command: Sequence[str], env: Mapping[str, str]) -> None:
    """Start a program and leave it again, so that it has shown what it shows but once."""
    with environment(**env) as whole, Terminal(command, environment=whole) as terminal:
        for keys in ("", "\r", "q"):
            terminal.write(keys)
            with suppress(Silent):
                terminal.read(silence=1.0, longest=60.0 if not keys else 5.0)
            terminal.until_idle(longest=60.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which take part."""
    parser.add_argument(
        "--peer",
        dest="peers",
        action="append",
        default=[],
        metavar="NAME=COMMAND",
        help=f"where one of {', '.join(KNOWN)} is, if it is not on the PATH",
    )


def found(parser: argparse.ArgumentParser, told: argparse.Namespace) -> dict[str, Sequence[str]]:
    """The commands of those that are installed, by their names."""
    commands: dict[str, Sequence[str]] = {name: [path] for name in KNOWN if (path := shutil.which(name)) is not None}
    for peer in told.peers:
        name, _, command = peer.partition("=")
        if name not in KNOWN or not command.strip():
            parser.error(f"--peer {peer}: say NAME=COMMAND, where NAME is one of {', '.join(KNOWN)}")
        commands[name] = shlex.split(command)
    return commands
