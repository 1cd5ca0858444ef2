"""Plain text: for a pager, whatever script a paper is in."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.kept import FULL, kept, written
from reader.export.wrapping import cells, wrapped
from reader.paper import Paper


def test_papers_are_numbered_and_say_what_is_known() -> None:
    text = written("text", [kept(FULL, tags=("tea",), note="Two\nlines", read=True), kept(Paper(title="Alone"))])
    assert text == dedent("""\
        Bookmarks
        =========

        1.  On Kettles
            Ada van der Soup, Bo Bread Jr., Kettle Team
            Jun 12, 2023 · arXiv:2301.00010
            https://x.org/a_b%20c
            #tea · read

            We boil it; see https://x.org/a_b%20c.

            Note: Two
            lines

        2.  Alone
        """)


def test_no_line_is_wider_than_80_cells_but_an_address() -> None:
    address = "https://x.org/" + "a" * 100
    paper = Paper(title="漢字" * 60, abstract="word " * 40 + "x" * 200 + f" {address} " + "漢字かな" * 30, url=address)
    lines = written("text", [kept(paper)]).splitlines()
    assert {line.strip() for line in lines if cells(line) > 80} == {address}
    assert max(cells(line) for line in lines if address not in line) >= 79


def test_nothing_acts_on_the_terminal() -> None:
    text = written("text", [kept(Paper(title="a\x1b[2J", abstract="b\u202ec"), note="d\x07")])
    assert not {"\x1b", "\u202e", "\x07"} & set(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one two three", ["one two", "three"]),
        ("abcdefghijk", ["abcdefgh", "ijk"]),
        ("漢字漢字漢", ["漢字漢字", "漢"]),
        ("ab 漢字漢字", ["ab 漢字", "漢字"]),
        ("e\u0301e\u0301e\u0301 aaaa aa", ["e\u0301e\u0301e\u0301 aaaa", "aa"]),
        ("see https://x.org/long ok", ["see", "https://x.org/long", "ok"]),
    ],
)
def test_lines_break_at_cells(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8).splitlines() == lines


@given(st.text(st.sampled_from("ab 漢é\u0301かx-"), max_size=60), st.integers(2, 12))
def test_no_letter_is_lost_and_no_line_too_wide(text: str, width: int) -> None:
    shown = wrapped(text, width)
    assert "".join(shown.split()) == "".join(text.split())
    assert all(cells(line) <= width for line in shown.splitlines())
