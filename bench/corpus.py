"""A made-up corpus of any size, for measuring: seeded, and written without any foreign text.

Search costs what its vocabulary costs, so the vocabulary is what has to be right: the number of distinct words in the
first n titles, and in the first n titles with abstracts, follows what was counted on real ones (see `TITLE_WORDS` and
`ALL_WORDS`). Every paper brings in as many new words as that growth asks for. Its other words are drawn from those
there are, by a Zipf-Mandelbrot law over their order of appearance, and a third of them from the few words of its topic,
so that titles share words as those of one field do. Memory grows with the vocabulary alone.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TextIO

from sizes import size

TITLE_WORDS = ((1, 8), (533, 1_500), (10_000, 7_300), (100_000, 31_000), (1_000_000, 137_000))
"""Distinct words in so many titles, as counted; straight lines between in a doubly logarithmic picture."""
ALL_WORDS = ((1, 110), (533, 7_500), (10_000, 34_000), (100_000, 146_000), (1_000_000, 372_000))
"""Distinct words in so many titles and abstracts together."""

_TITLE_FLATNESS, _TEXT_FLATNESS = 12.0, 4.0
"""The shifts of the Zipf-Mandelbrot laws; in an abstract the commonest word is about one in thirty."""
_QUANTILES = 1 << 15
_REFRESHED_AFTER = 1.05
_TOPIC_WORDS, _TOPIC_SHARE, _COMMON = 60, 0.33, 30
_TITLE_LENGTH, _ABSTRACT_LENGTH, _SENTENCE_LENGTH = 8.6, 178.0, 21
_GIVEN_NAMES = 3_000
_ARXIV_WIDTH = 76  # characters of a line in its abstracts

_ONSETS = (
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z",
    "br", "ch", "cl", "cr", "dr", "fl", "gr", "pl", "pr", "sh", "sp", "st", "th", "tr",
)  # fmt: skip
_NUCLEI = (*("a", "e", "i", "o", "u") * 3, "ai", "ea", "ie", "ou", "y")
_CODAS = ("", "", "", "n", "r", "l", "s", "t", "m", "nd", "x")
_ENDINGS = ("s", "ed", "ing", "al", "er", "ity", "tion", "ic", "ly", "ive", "ness")
_DERIVED_SHARE = 0.4
_CATEGORIES = (
    "cs.LG",
    "cs.CL",
    "cs.CV",
    "stat.ML",
    "math.OC",
    "hep-th",
    "quant-ph",
    "astro-ph.CO",
    "cond-mat.mtrl-sci",
)

FORMS = ("page", "jsonl", "arxiv", "library")


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made up."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    published: date
    arxiv_id: str


class Lexicon:
    """Pseudo-words in order of appearance, each once; the earlier, the commoner and the shorter."""

    def __init__(self, seed: int) -> None:
        """Every seed gives other words."""
        self._random = random.Random(f"words {seed}")
        self._known: set[str] = set()
        self.words: list[str] = []

    def grow(self, size: int) -> None:
        """Have at least so many words."""
        while len(self.words) < size:
            word = self._derived() if self._random.random() < _DERIVED_SHARE else self._stem()
            if word not in self._known:
                self._known.add(word)
                self.words.append(word)

    def _stem(self) -> str:
        choose = self._random.choice
        rank = len(self.words)
        syllables = 1 if rank < 60 else choose((2, 2, 3)) if rank < 1_000 else choose((2, 3, 3)) if rank < 40_000 else 3
        parts = [choose(_ONSETS) + choose(_NUCLEI) for _ in range(syllables)]
        return "".join(parts) + choose(_CODAS)

    def _derived(self) -> str:
        """A word of the family of an earlier one."""
        if len(self.words) < 200:
            return self._stem()
        stem = self.words[int(self._random.random() ** 2 * len(self.words))]
        return stem + self._random.choice(_ENDINGS) if len(stem) <= 9 else self._stem()


class Law:
    """How often each of the first `size` words is used: Zipf-Mandelbrot, by a table of quantiles."""

    def __init__(self, lexicon: Lexicon, random_: random.Random, flatness: float) -> None:
        """Words of that lexicon; a flatter law uses the commonest words less."""
        self._flatness = flatness
        self._lexicon = lexicon
        self._random = random_
        self._size = 0
        self._table: list[str] = []

    def draw(self, count: int, size: int) -> list[str]:
        """So many words out of the first `size`."""
        if size > self._size * _REFRESHED_AFTER or not self._table:
            self._refresh(size)
        return self._random.choices(self._table, k=count)

    def _refresh(self, size: int) -> None:
        words, shift = self._lexicon.words, self._random.random()
        flatness = self._flatness
        width = math.log((size + flatness) / flatness)
        ranks = (flatness * (math.exp((n + shift) / _QUANTILES * width) - 1) for n in range(_QUANTILES))
        self._table = [words[min(int(rank), size - 1)] for rank in ranks]
        self._size = size


class Corpus:
    """Papers without end, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """Every seed gives another corpus."""
        self._random = random.Random(f"papers {seed}")
        self._lexicon = Lexicon(seed)
        self._titles = Law(self._lexicon, self._random, _TITLE_FLATNESS)
        self._texts = Law(self._lexicon, self._random, _TEXT_FLATNESS)
        self._names = Lexicon(seed + 1)
        self._names.grow(_GIVEN_NAMES)
        self._topics: list[list[int]] = []

    def papers(self, count: int) -> Iterator[Made]:
        """The first `count` papers."""
        title_words = all_words = 0
        for number in range(1, count + 1):
            had_title, had_all = title_words, all_words
            title_words, all_words = grown(TITLE_WORDS, number), grown(ALL_WORDS, number)
            self._lexicon.grow(all_words)
            topic = self._topic(number, title_words)
            title = self._title(had_title, title_words, topic)
            abstract = self._abstract(had_all, all_words, topic)
            yield Made(
                title, abstract, self._authors(number), self._day(), f"{self._month(number)}.{number % 10**5:05}"
            )

    def _topic(self, number: int, size: int) -> list[int]:
        """One of the topics, which slowly become more: the places of its words in the lexicon."""
        if len(self._topics) < 20 * number**0.35:
            width = math.log(max(size, 2 * _COMMON) / _COMMON)
            places = (_COMMON * math.exp(self._random.random() * width) for _ in range(_TOPIC_WORDS))
            self._topics.append(list(map(int, places)))
        return self._random.choice(self._topics)

    def _words(self, law: Law, length: int, new: range, size: int, topic: Sequence[int]) -> list[str]:
        """Words of a text in random order: the new ones, some of the topic, and common ones."""
        words = self._lexicon.words
        own = round(length * _TOPIC_SHARE)
        found = [words[place] for place in new]
        found += [words[place] for place in self._random.choices(topic, k=own) if place < size]
        found = found[: max(length, len(new))]
        found += law.draw(max(length - len(found), 0), size)
        self._random.shuffle(found)
        return found

    def _title(self, had: int, size: int, topic: Sequence[int]) -> str:
        length = max(3, round(self._random.gauss(_TITLE_LENGTH, 2.6)))
        words = self._words(self._titles, length, range(had, size), size, topic)
        title = " ".join(word.capitalize() if len(word) > 3 else word for word in words)
        return title[0].upper() + title[1:]

    def _abstract(self, had: int, size: int, topic: Sequence[int]) -> str:
        length = max(40, round(self._random.gauss(_ABSTRACT_LENGTH, 45)))
        words = self._words(self._texts, length, range(had, size), size, topic)
        sentences = (
            " ".join(words[start : start + _SENTENCE_LENGTH]) for start in range(0, len(words), _SENTENCE_LENGTH)
        )
        return " ".join(sentence.capitalize() + "." for sentence in sentences)

    def _authors(self, number: int) -> tuple[str, ...]:
        """Names: surnames become more as papers do, given names stay the same few thousand."""
        surnames = _GIVEN_NAMES + int(15 * number**0.7)
        self._names.grow(surnames)
        names, draw = self._names.words, self._random.random
        count = min(1 + int(self._random.expovariate(1 / 3.2)), 40)
        return tuple(
            f"{names[int(draw() ** 2 * _GIVEN_NAMES)].capitalize()} {names[int(draw() ** 2 * surnames)].capitalize()}"
            for _ in range(count)
        )

    def _day(self) -> date:
        return date(2015, 1, 1) + timedelta(days=int(self._random.random() * 3_650))

    def _month(self, number: int) -> str:
        months = number // 10**5
        return f"{15 + months // 12:02}{1 + months % 12:02}"


def grown(counts: Sequence[tuple[int, int]], papers: int) -> int:
    """The distinct words in so many papers; beyond the last count the line goes on."""
    place = next((n for n in range(1, len(counts)) if papers <= counts[n][0]), len(counts) - 1)
    (before, low), (after, high) = counts[place - 1], counts[place]
    slope = math.log(high / low) / math.log(after / before)
    return round(low * math.pow(papers / before, slope))


def write_page(papers: Iterator[Made], out: TextIO) -> None:
    """The compact layout of a listing page: titles and abstracts in turn under its header."""
    invitation = "Get trending papers in your email inbox"
    out.write(f"{invitation} once a day!\n{invitation}!\nSubscribe")
    out.writelines(f"{paper.title}\n{paper.abstract}\n" for paper in papers)


def write_jsonl(papers: Iterator[Made], out: TextIO) -> None:
    """JSON Lines as `reader import` reads them, with authors and dates."""
    for paper in papers:
        members = {
            "title": paper.title,
            "abstract": paper.abstract,
            "authors": paper.authors,
            "published": paper.published.isoformat(),
            "arxiv_id": paper.arxiv_id,
            "url": f"https://arxiv.org/abs/{paper.arxiv_id}",
            "categories": [_category(paper)],
        }
        out.write(json.dumps(members) + "\n")


def write_arxiv(papers: Iterator[Made], out: TextIO) -> None:
    """JSON Lines with the members of arXiv's metadata snapshot; the abstract is indented and broken as there.

    The snapshot: https://info.arxiv.org/help/bulk_data.html
    """
    for paper in papers:
        *others, last = paper.authors
        day = datetime.combine(paper.published, datetime.min.time(), UTC)
        members = {
            "id": paper.arxiv_id,
            "submitter": last,
            "authors": ", ".join(others) + " and " * bool(others) + last,
            "title": "\n  ".join(textwrap.wrap(paper.title, _ARXIV_WIDTH)),
            "comments": None,
            "journal-ref": None,
            "doi": None,
            "report-no": None,
            "categories": " ".join({_category(paper): None, "cs.LG": None}),
            "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
            "abstract": "  " + "\n".join(textwrap.wrap(paper.abstract, _ARXIV_WIDTH)) + "\n",
            "versions": [{"version": "v1", "created": format_datetime(day, usegmt=True)}],
            "update_date": paper.published.isoformat(),
            "authors_parsed": [[*reversed(name.split(" ", 1)), ""] for name in paper.authors],
        }
        out.write(json.dumps(members) + "\n")


def _category(paper: Made) -> str:
    return _CATEGORIES[len(paper.title) % len(_CATEGORIES)]


WRITERS: Mapping[str, Callable[[Iterator[Made], TextIO], None]] = {
    "page": write_page,
    "jsonl": write_jsonl,
    "arxiv": write_arxiv,
}
"""What writes each form that is a file to import."""


def write_library(papers: Iterator[Made], path: Path) -> None:
    """A library of `reader` with those papers in it, by its own import of JSON Lines, which lie beside it meanwhile."""
    from reader.library import import_paths
    from reader.store import Store

    with tempfile.TemporaryDirectory(prefix="reader-bench-", dir=path.parent) as folder:
        page = Path(folder) / "papers.jsonl"
        with page.open("w", encoding="utf-8") as out:
            write_jsonl(papers, out)
        with Store.open(path) as store:
            import_paths(store, [page], now=datetime.now(UTC))


def check(papers: Iterator[Made]) -> None:
    """Count what was asked for: distinct words, lengths, and how varied the names are."""
    titles: set[str] = set()
    words: set[str] = set()
    names: set[str] = set()
    count = mentions = title_words = title_bytes = abstract_bytes = 0
    for paper in papers:
        in_title = paper.title.lower().split()
        titles.update(in_title)
        words.update(in_title, paper.abstract.lower().replace(".", "").split())
        names.update(paper.authors)
        count += 1
        mentions += len(paper.authors)
        title_words += len(in_title)
        title_bytes += len(paper.title)
        abstract_bytes += len(paper.abstract)
    for said, found, wanted in (
        ("distinct words in titles", len(titles), grown(TITLE_WORDS, count)),
        ("distinct words in titles with abstracts", len(words), grown(ALL_WORDS, count)),
    ):
        print(f"{count:,} papers: {found:,} {said}, wanted {wanted:,} ({found / wanted - 1:+.1%})")
    print(
        f"{title_words / count:.1f} words and {title_bytes / count:.0f} bytes a title, "
        f"{abstract_bytes / count:,.0f} bytes an abstract, {mentions / count:.1f} authors a paper, "
        f"{len(names):,} different names of {mentions:,}"
    )


def main() -> int:
    """Write a corpus, or count its words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=size, metavar="N", help="how many papers, such as 500, 10k or 1m")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another corpus (1)")
    parser.add_argument(
        "--as",
        dest="form",
        choices=FORMS,
        default="page",
        help="a compact page, JSON Lines, arXiv's metadata, a library",
    )
    parser.add_argument("--check", action="store_true", help="write nothing, print how many distinct words there are")
    parser.add_argument("-o", dest="out", type=Path, metavar="FILE", help="where to; standard output if not told")
    told = parser.parse_args()
    papers = Corpus(told.seed).papers(told.papers)
    if told.check:
        check(papers)
    elif told.form == "library":
        if told.out is None or told.out.exists():
            parser.error("a library is written to a new file: say which with -o")
        write_library(papers, told.out)
    else:
        write = WRITERS[told.form]
        if told.out is None:
            write(papers, sys.stdout)
        else:
            with told.out.open("w", encoding="utf-8") as out:
                write(papers, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
