from __future__ import annotations

import gzip
import io
import random
import zlib

import pytest

from reader.errors import UnreadableInput
from reader.formats import Rejected, unpacking

from . import layouts, pages
from .test_layouts import CARDS

TEXT = layouts.firecrawl(CARDS, random.Random(1))
PAPERS = [card.paper() for card in CARDS]


def test_a_packed_page_is_known_by_its_first_bytes_and_not_its_name() -> None:
    page = pages.reading(gzip.compress(TEXT.encode()), name="page.txt")
    assert (list(page), page.kind, page.encoding) == (PAPERS, "Markdown page", "UTF-8")
    assert pages.reading(TEXT, name="page.txt.gz").kind == "Markdown page"


def test_a_packed_page_in_several_members_and_another_encoding_is_read() -> None:
    half = len(TEXT) // 2
    text = TEXT.encode("utf-16")
    assert pages.records(gzip.compress(text[:half]) + gzip.compress(text[half:]) + b"\0" * 9) == PAPERS


def test_a_large_packed_page_is_read_as_a_stream() -> None:
    cards = [(f"{title} {number}", abstract) for number in range(12_000) for title, abstract in pages.CARDS]
    assert len(pages.papers(gzip.compress(pages.compact_page(cards).encode()))) == 36_000


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_a_packed_page_that_breaks_off_keeps_what_was_read_and_names_the_line(keep: float) -> None:
    chance = random.Random(1)
    cards = [(f"A Title {n}", f"{chance.random()} is a number that was drawn.") for n in range(2_000)]
    packed = gzip.compress(pages.compact_page(cards).encode())
    *papers, last = pages.records(packed[: int(len(packed) * keep)])
    assert len(papers) > 300
    assert isinstance(last, Rejected)
    assert last.reason == "the packed file breaks off here"
    assert last.line > 2 * len(papers) - 5


def test_a_damaged_packed_page_names_the_line() -> None:
    chance = random.Random(1)
    cards = [(f"A Title {n}", f"{chance.random()} is a number that was drawn.") for n in range(9_000)]
    packed = bytearray(gzip.compress(pages.compact_page(cards).encode()))
    packed[len(packed) * 3 // 4] ^= 255
    last = pages.records(bytes(packed))[-1]
    assert isinstance(last, Rejected)
    assert last.reason == "the packed file is damaged here"


def test_a_packed_file_cut_anywhere_raises_nothing_else() -> None:
    packed = gzip.compress(TEXT.encode())
    for end in range(len(packed)):
        try:
            pages.records(packed[:end])
        except UnreadableInput as error:
            assert error.message.startswith("page.txt ")  # noqa: PT017 - most cuts raise nothing


def test_a_bomb_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "ALWAYS_ALLOWED", 2**20)
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\n" * 2**20) for _ in range(32)) + packer.flush()
    with pytest.raises(
        UnreadableInput, match=r"^page\.txt is a packed file that holds more than 100 times its own size"
    ):
        pages.reading(bomb)


def test_a_bomb_behind_an_honest_beginning_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "ALWAYS_ALLOWED", 2**21)
    monkeypatch.setattr(unpacking, "MOST_TIMES", 100)
    packed = gzip.compress(TEXT.encode()) + gzip.compress(b"\n" * 2**22)
    last = pages.records(packed)[-1]
    assert isinstance(last, Rejected)
    assert last.reason == "the packed file holds more than 100 times its own size"


def test_a_packed_file_is_read_from_its_start_only() -> None:
    unpacked = unpacking.Unpacked(io.BytesIO(gzip.compress(b"a page")))
    assert (unpacked.read(3), unpacked.seek(0), unpacked.read(6)) == (b"a p", 0, b"a page")
    with pytest.raises(ValueError, match="only be read from its start"):
        unpacked.seek(1)
