"""Made-up listing pages in the layouts of real ones; no sentence of a real page is here."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from reader.formats import Reading, Rejected, read
from reader.formats.facts import facts_begin, parse_address, parse_meta, parse_votes
from reader.formats.listing import announces_submitter, is_header, is_navigation, names_submitter
from reader.formats.reading import Record
from reader.paper import Paper
from reader.text import collapse

INVITATION = "Get trending papers in your email inbox"
COMPACT_HEADER = f"{INVITATION} once a day!\n{INVITATION}!\nSubscribe"
PARAGRAPH_HEADER = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
    "byAK and the research community\n\nDec 26\n\n"
)
CARDS = (
    ("Teapots That Listen", "We show that teapots listen. Ours does so twice a day, without any further training."),
    (
        "On the Width of Corridors",
        "Corridors are often too narrow. We measure forty of them and widen the worst three.",
    ),
    (
        "Do Clouds Have Edges?",
        "Nobody has asked this of enough clouds. We ask it of nine hundred and report the answers.",
    ),
)


def reading(text: str | bytes, name: str = "page.txt") -> Reading:
    return read(io.BytesIO(text.encode() if isinstance(text, str) else text), name=name)


def records(text: str | bytes) -> list[Record]:
    return list(reading(text))


def papers(text: str | bytes) -> list[Paper]:
    found = records(text)
    assert not [record for record in found if isinstance(record, Rejected)]
    return [record for record in found if isinstance(record, Paper)]


def pairs(found: Iterable[Record]) -> list[tuple[str, str | None]]:
    return [(record.title, record.abstract) for record in found if isinstance(record, Paper)]


def paragraph_page(cards: Iterable[Sequence[str]]) -> str:
    """A page whose cards are title, abstract and, if there is one, the facts under it."""
    return PARAGRAPH_HEADER + "\n\n".join("\n\n".join(card) for card in cards)


def compact_page(cards: Iterable[Sequence[str]]) -> str:
    return COMPACT_HEADER + "\n".join("\n".join(card) for card in cards)


def without_twins(cards: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] = []
    for card in cards:
        if kept[-1:] != [card]:
            kept.append(card)
    return kept


def _is_text(text: str) -> bool:
    """Whether a made-up line is one a paper can have in either layout."""
    return bool(text) and not (
        is_header(text)
        or is_navigation(text)
        or announces_submitter(text)
        or names_submitter(text)
        or parse_meta([text]) is not None
        or facts_begin(["", text]) < 2
        or parse_votes(text)
        or parse_address(1, text)
        or text.startswith(("Subscribe", "\ufeff"))
    )


texts = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
    .map(collapse)
    .filter(_is_text)
    .filter(lambda text: not any(ord(character) < 32 or ord(character) == 127 for character in text))
)
cards = st.lists(st.tuples(texts, texts), min_size=1, max_size=8)
