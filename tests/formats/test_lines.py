from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats import lines
from reader.formats.lines import Ahead, Line, encoding_of, numbered_lines

from . import pages


def found(content: bytes, encoding: str = "utf-8-sig") -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in numbered_lines(io.BytesIO(content), encoding)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_at_lf_crlf_and_cr_and_nowhere_else(end: str) -> None:
    text = end.join(["a\x0b\x0c\x85\u2028b", "", "c"])
    assert found(text.encode()) == [(1, "a\x0b\x0c\x85\u2028b"), (2, ""), (3, "c")]
    assert found((text + end).encode()) == [(1, "a\x0b\x0c\x85\u2028b"), (2, ""), (3, "c")]


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])), st.integers(1, 9))
def test_the_size_of_a_block_changes_nothing(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_BLOCK", size)
        expected = text.removeprefix("\ufeff").removesuffix("\n").split("\n") if text.removeprefix("\ufeff") else []
        assert [line for _, line in found(text.encode())] == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_page_reads_the_same_in_every_encoding(encoding: str, end: str) -> None:
    cards = [("Poincaré’s Café", "A naïve façade – déjà vu."), *pages.CARDS]
    text = pages.paragraph_page([(*card, "  • 3 authors\n·\nMay 4") for card in cards]).replace("\n", end)
    assert pages.pairs(pages.papers(text.encode(encoding))) == cards


def test_a_page_cut_within_a_character_is_still_utf_8() -> None:
    assert encoding_of("  • 3 authors · é".encode()[:-1], whole=True) == "utf-8-sig"
    assert encoding_of(b"caf\xe9", whole=True) == "cp1252"


@given(st.binary())
def test_a_lone_surrogate_never_comes_out(content: bytes) -> None:
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        mark = b"\xff\xfe" if encoding == "utf-16" else b""  # without it, no file is read as UTF-16
        for _, text in found(mark + content, encoding):
            text.encode()


def test_control_characters_stay_as_they_came() -> None:
    cards = [("A \x00 Title\x1b[31m", "An abstract \x07 with \x7f controls \u202e in it."), *pages.CARDS]
    assert pages.pairs(pages.papers(pages.compact_page(cards))) == cards


def test_an_overlong_line_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 100)
    monkeypatch.setattr(lines, "_BLOCK", 64)
    assert found(b"a" * 1000 + b"\nb") == [(1, "a" * 101), (2, "b")]


def test_looking_ahead_takes_nothing() -> None:
    ahead = Ahead([1, 2, 3])
    assert (ahead.peek(1), ahead.peek(), ahead.peek(9), list(ahead), ahead.peek()) == (2, 1, None, [1, 2, 3], None)


def test_a_line_knows_its_number() -> None:
    assert list(numbered_lines(io.BytesIO(b"a\n\nb"), "utf-8"))[-1] == Line(3, "b")
