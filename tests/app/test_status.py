"""What the status line says of a query, without a screen."""

from __future__ import annotations

from array import array

import pytest

from app.conftest import Drive
from reader.app.status import understanding
from reader.search.parsing import parse
from reader.search.results import Interpretation, Problem, Results


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("is:foo x", "is: takes one of bookmarked, unread, read, dismissed"),
        ("x or", "“or” stands between two parts, and one is missing"),
        ("x )", "“)”: this bracket closes nothing"),
    ],
)
def test_a_part_that_was_not_understood_is_named_once(query: str, said: str) -> None:
    results = Results(query, array("q", [1]), problems=parse(query).problems)
    assert understanding(results) == f"{said} · newest page first"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("@Nope", "there is no saved search “nope”"),
        ('list:"to do"', "there is no list like “to do”"),
        ("related:Zz", "no paper has the key “zz”"),
    ],
)
def test_a_name_that_the_reason_quotes_is_not_said_twice(part: str, message: str) -> None:
    results = Results(part, array("q"), problems=(Problem(0, len(part), message),))
    assert understanding(results) == message


def test_words_that_nothing_is_like_are_said_together() -> None:
    readings = tuple(Interpretation(word, known=False, prefix=False) for word in ("zzq", "qqz"))
    assert understanding(Results("zzq qqz", array("q"), interpretations=readings)) == "nothing is like “zzq” or “qqz”"


async def test_what_is_not_understood_is_said_whole_at_80_columns_and_its_lines_are_given_back(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        height = reader.papers.size.height
        query = 'tag:nosuch -list:"no such list" is:foo year:abc teapots'
        await reader.search(query)
        said = " ".join(" ".join(reader.screen_text.splitlines()[-5:-1]).split())
        for part in ("no tag like “nosuch”", "no list like “no such list”", "is: takes one of", "such as 2021"):
            assert part in said
        await reader.search("teapots")
        assert reader.papers.size.height == height
        assert "Best first" in reader.screen_text.splitlines()[-2]


async def test_where_there_are_few_lines_the_list_keeps_them(drive: Drive) -> None:
    async with drive(size=(80, 16)) as reader:
        height = reader.papers.size.height
        await reader.search('tag:nosuch -list:"no such list" is:foo year:abc teapots')
        assert reader.papers.size.height == height


async def test_the_list_says_how_many_of_how_many_and_in_which_order(drive: Drive) -> None:
    async with drive(size=(120, 36)) as reader:
        assert (str(reader.papers.border_title), str(reader.papers.border_subtitle)) == ("Papers · 12", "1 of 12")
        await reader.search("map sort:title")
        assert str(reader.papers.border_title) == "Papers · 2 of 12"
        assert str(reader.papers.border_subtitle) == "sorted by title · 1 of 2"
        await reader.search("")
        assert (str(reader.papers.border_title), str(reader.papers.border_subtitle)) == ("Papers · 12", "1 of 12")
