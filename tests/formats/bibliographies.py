"""Papers as any bibliography can hold them, for writing and reading back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from reader.paper import Paper, PartialDate
from reader.text import collapse

words = st.text(st.sampled_from("abcdeéßΩ漢%&#_ -:;()'\"?"), min_size=1).map(collapse).filter(bool)
names = st.tuples(
    st.from_regex(r"[A-Z][a-zé]{1,8}", fullmatch=True), st.from_regex(r"[A-Z][a-zü]{1,8}", fullmatch=True)
)
papers = st.builds(
    Paper,
    title=words,
    abstract=st.none() | words,
    authors=st.none() | st.lists(names.map(" ".join), min_size=1, max_size=4).map(tuple),
    published=st.none()
    | st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(PartialDate.of)
    | st.builds(PartialDate, st.integers(1000, 2999), st.none() | st.integers(1, 12)),
    arxiv_id=st.none() | st.from_regex(r"(2[0-9])(0[1-9]|1[0-2])\.[0-9]{5}", fullmatch=True),
    doi=st.none() | st.from_regex(r"10\.[0-9]{4}/[a-z_]{1,8}", fullmatch=True),
    url=st.none() | st.from_regex(r"https://x\.org/[a-z%_&=?]{1,12}", fullmatch=True),
)


def without_links(found: Iterable[Paper]) -> list[Paper]:
    return [replace(paper, links=None) for paper in found]
