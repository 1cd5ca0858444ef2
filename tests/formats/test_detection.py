from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reader.formats
from reader.errors import UnreadableInput, UsageError
from reader.formats import compact, detection, names, paragraph, read
from reader.formats import lines as lines_of
from reader.formats.format import Format
from reader.formats.reading import PageNotes
from reader.paper import Paper

from . import layouts, pages
from .layouts import Card, Renderer

PROSE = "\n\n".join(f"{abstract} {abstract}" for _, abstract in pages.CARDS * 4)
README = (
    "# soup\n\nMakes soup.\n\n## Install\n\n```\npip install soup\n```\n\n## Use\n\n* `soup`: " + "makes soup. " * 50
)
LOG = "\n".join(f"2024-05-04 12:00:{n:02} INFO soup: stirred {n} times" for n in range(60))
TABLE = "title,abstract\n" + "\n".join(f'"{title}","{abstract}"' for title, abstract in pages.CARDS * 5)


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


def test_a_decorated_page_without_papers_is_refused_for_what_it_is() -> None:
    header = layouts.firecrawl([], random.Random(1))
    assert refusal(header) == "page.txt has the header of a listing page but no paper under it"
    submitters = "\n\n".join(f"Submitted by\n\n[![](https://x.org/a.png) me{n}](https://x.org/{n})" for n in range(9))
    assert refusal(f"{header}\n\n{submitters}") == "page.txt kept no titles, only who submitted them"


def test_the_name_is_used_in_words_only() -> None:
    assert pages.reading(pages.compact_page(pages.CARDS), name="x.jsonl").kind == "compact page"
    with pytest.raises(UnreadableInput, match=r"^compact_1\.txt is empty"):
        read(io.BytesIO(b""), name="compact_1.txt")


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252 (cp1252)"),
    ],
)
def test_a_reading_names_the_encoding(codec: str, name: str) -> None:
    cards = [("Poincaré’s Café", "A naïve façade – déjà vu."), *pages.CARDS]
    page = pages.reading(pages.paragraph_page(cards).encode(codec))
    assert page.encoding == name
    assert pages.pairs(page) == cards


@pytest.mark.parametrize("copies", [1, 7, 60, 900, 2_500])
@pytest.mark.parametrize(
    "name", ["compact", "paragraph", "firecrawl", "unlisted", "addressed", "trending_text", "copied", "stripped"]
)
def test_no_line_is_looked_at_more_than_three_times(name: str, copies: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _many(name, copies)
    looks = 0

    def counted(lines: Iterator[lines_of.Line]) -> Iterator[lines_of.Line]:
        nonlocal looks
        for line in lines:
            looks += 1
            yield line

    numbered = lines_of.numbered_lines
    monkeypatch.setattr(lines_of, "numbered_lines", lambda file, encoding: counted(numbered(file, encoding)))
    monkeypatch.setattr(detection, "numbered_lines", numbered)  # what a format takes is counted as it takes it

    def counting(each: Format) -> Format:
        return replace(each, records=lambda lines, notes: each.records(counted(lines), notes))

    monkeypatch.setattr(detection, "FORMATS", tuple(map(counting, detection.FORMATS)))
    assert sum(isinstance(record, Paper) for record in pages.reading(text)) == copies
    assert looks <= 3 * (text.count("\n") + 1)


def _many(name: str, copies: int) -> str:
    cards = [Card(f"A Title {n}", f"We say {n}." + " We say more." * 30, f"2401.{n:05}", 3) for n in range(copies)]
    if name == "compact":
        return pages.compact_page((card.title, card.abstract) for card in cards)
    if name == "paragraph":
        return pages.paragraph_page((card.title, card.abstract, "  • 3 authors\n·\nMay 4") for card in cards)
    render: Renderer = getattr(layouts, name)
    return render(cards, random.Random(1))


def test_every_format_is_called_by_its_kind() -> None:
    assert len(set(names())) == len(detection.FORMATS)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) for name in names())
    assert names()[:3] == ("paragraph-page", "compact-page", "library-file")


def test_a_format_that_is_asked_for_is_read_whatever_the_file_looks_like() -> None:
    text = pages.compact_page(pages.CARDS)
    page = read(io.BytesIO(text.encode()), name="page.txt", form="page-of-lines")
    assert page.kind == "page of lines"
    lonely = '{"title": "A", "upvotes": 1, "paper": {"id": "2401.00001", "title": "B"}}'
    assert pages.papers(lonely)[0].title == "B"
    (own,) = read(io.BytesIO(lonely.encode()), name="page.txt", form="json-lines")
    assert isinstance(own, Paper)
    assert own.title == "A"


@pytest.mark.parametrize("name", names())
def test_a_file_that_is_not_of_the_format_asked_for_is_refused_or_read(name: str) -> None:
    for text in (PROSE, LOG, TABLE, "[1, 2]", "<html><body>x</body></html>", '{"a": ' * 3_000):
        try:
            list(read(io.BytesIO(text.encode()), name="page.txt", form=name))
        except UnreadableInput as error:
            refused = error
            assert (refused.message[:9], bool(refused.hint)) == ("page.txt ", True)


def test_the_reason_why_a_format_does_not_fit_is_the_first_one_met() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(io.BytesIO(PROSE.encode()), name="page.txt", form="json-lines")
    assert caught.value.message == "page.txt cannot be read as json-lines: at line 1, the line is no JSON object"
    with pytest.raises(UnreadableInput, match="cannot be read as trending-page: there is no paper in it"):
        read(io.BytesIO(b"new\n"), name="page.txt", form="trending-page")


def test_a_format_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(UsageError, match=r"no format is called 'bibtec' \(there are paragraph-page, .*saved-html-page"):
        read(io.BytesIO(b"x"), name="page.txt", form="bibtec")


@pytest.mark.parametrize(("layout", "page"), [(compact, pages.compact_page), (paragraph, pages.paragraph_page)])
def test_each_line_is_taken_once_and_few_before_the_first_record(
    layout: ModuleType, page: Callable[[Iterable[Sequence[str]]], str]
) -> None:
    lines = page((f"{title} {n}", text) for n in range(300) for title, text in pages.CARDS).split("\n")
    taken = 0

    def counted() -> Iterator[lines_of.Line]:
        nonlocal taken
        for number, line in enumerate(lines, 1):
            taken += 1
            yield lines_of.Line(number, line)

    found = layout.records(counted(), PageNotes())
    next(found)
    assert taken < 40
    assert len(list(found)) == 899
    assert taken == len(lines)


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
