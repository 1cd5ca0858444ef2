from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reader.formats
from reader.errors import UnreadableInput
from reader.formats import read

from . import pages

PROSE = "\n\n".join(f"{abstract} {abstract}" for _, abstract in pages.CARDS * 4)
README = (
    "# soup\n\nMakes soup.\n\n## Install\n\n```\npip install soup\n```\n\n## Use\n\n* `soup`: " + "makes soup. " * 50
)
LOG = "\n".join(f"2024-05-04 12:00:{n:02} INFO soup: stirred {n} times" for n in range(60))
TABLE = "title,abstract\n" + "\n".join(f'"{title}","{abstract}"' for title, abstract in pages.CARDS * 5)
LINK = "https://example.org/papers"
MARKDOWN = pages.PARAGRAPH_HEADER + "\n\n".join(
    f"[12]({LINK})\n\n### [{title}]({LINK})\n\n[{abstract}]({LINK})\n\n[- 3 authors]({LINK})\n\n·\n\nMay 4"
    for title, abstract in pages.CARDS
)


def refusal(content: str | bytes) -> str:
    with pytest.raises(UnreadableInput) as caught:
        pages.records(content)
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        README,
        LOG,
        TABLE,
        MARKDOWN,
        "hello",
        "a\n\nb",
        '{"level": "info"}\n',
        "[1, 2]",
        "<html><body>x</body></html>",
    ],
)
def test_text_that_is_no_listing_page_is_refused(text: str) -> None:
    assert refusal(text).startswith("page.txt is no listing page: ")


def test_the_source_of_this_package_is_refused() -> None:
    assert reader.formats.__file__
    for path in Path(reader.formats.__file__).parent.glob("*.py"):
        assert refusal(path.read_bytes()).startswith("page.txt is no listing page: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "page.txt is empty"),
        (b"\xef\xbb\xbf", "page.txt holds only white space"),
        (b" \n\t\r\n", "page.txt holds only white space"),
        (b"\n" * 2**21, "page.txt begins with a mebibyte of white space"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0", "page.txt is a binary file, not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "page.txt is a binary file, not text"),
        ("Seite".encode("utf-16-le"), "page.txt is a binary file, not text"),
    ],
)
def test_what_holds_no_text_is_refused(content: bytes, message: str) -> None:
    assert refusal(content) == message


def test_a_page_of_submitters_alone_is_refused_for_what_it_is() -> None:
    submitters = "Submitted by\nsomebody\nSubmitted by\nsomebody-else"
    message = "page.txt kept no titles, only who submitted them"
    assert refusal(f"Submitted by\nme\nnew\n{pages.COMPACT_HEADER}{submitters}") == message
    assert refusal(submitters) == message
    assert refusal(pages.PARAGRAPH_HEADER * 2 + "Submitted by somebody") == message


def test_a_header_without_papers_is_refused() -> None:
    message = "page.txt has the header of a listing page but no paper under it"
    assert refusal(pages.PARAGRAPH_HEADER) == message
    assert refusal(pages.COMPACT_HEADER) == message


def test_the_name_is_used_in_words_only() -> None:
    assert pages.reading(pages.compact_page(pages.CARDS), name="x.jsonl").kind == "compact page"
    with pytest.raises(UnreadableInput, match=r"^compact_1\.txt is empty"):
        read(io.BytesIO(b""), name="compact_1.txt")


def test_a_reading_is_iterated_once() -> None:
    page = pages.reading(pages.compact_page(pages.CARDS))
    assert len(list(page)) == 3
    assert list(page) == []


class CountingFile(io.BytesIO):
    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size)
        self.taken += len(block)
        return block


def test_a_large_file_is_streamed() -> None:
    cards = [(f"{title} {number}", abstract) for number in range(9_000) for title, abstract in pages.CARDS]
    content = pages.compact_page(cards).encode()
    file = CountingFile(content)
    page = read(file, name="page.txt")
    assert file.taken <= 2**20 + 2**17 < len(content)
    assert sum(1 for _ in page) == len(cards)
    assert file.taken == len(content) + 2**20


@given(st.binary(max_size=400))
@example(b"Submitted by")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b"", pages.COMPACT_HEADER.encode(), pages.PARAGRAPH_HEADER.encode(), b'{"title": "t"}\n'):
        try:
            pages.records(start + content)
        except UnreadableInput:
            continue
