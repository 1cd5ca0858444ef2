"""Notes of a vault: properties that say what they mean, safe names, and what a person wrote as they wrote it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.made_lists import PAPERS, paper
from reader.export.obsidian import list_note, note_name, owner, paper_note, written
from reader.list_file import DEFAULT_OPTIONS
from reader.paper import PartialDate, StoredPaper

LINE = "<!-- reader: below this line all is yours"


def note(stored: StoredPaper, old: str | None = None) -> str:
    return written(paper_note(stored, DEFAULT_OPTIONS, ["My list"]), old)


def properties(text: str) -> dict[str, object]:
    """The properties of a note: scalars and lists of scalars, each as JSON or a plain word, is all that is written."""
    found: dict[str, object] = {}
    name = ""
    for line in text.split("---\n")[1].splitlines():
        value = line.removeprefix("  - ") if line.startswith("  - ") else line.partition(": ")[2]
        read = json.loads(value) if value.startswith('"') or value in {"true", "false"} else value
        if line.startswith("  - "):
            items = found[name]
            assert isinstance(items, list)
            items.append(read)
        else:
            name = line.partition(":")[0]
            found[name] = read if value else []
    return found


def test_properties_say_what_they_mean() -> None:
    stored = replace(PAPERS[1], paper=replace(PAPERS[1].paper, categories=("cs.LG", "hep-th"), arxiv_id="2301.00010"))
    assert properties(note(stored)) == {
        "reader": stored.key,
        "title": "Title *1*",
        "authors": ["Ada Lovelace", "Bo B"],
        "published": "2021-01-02",
        "arxiv": "2301.00010",
        "url": "https://arxiv.org/abs/2301.00002",
        "read": False,
        "tags": ["cs/LG", "hep-th", "vision", "two-words"],
        "lists": ["[[My list]]"],
    }
    assert 'arxiv: "2301.00010"' in note(stored)
    assert "#cs/LG #hep-th #vision #two-words" in note(stored)


@pytest.mark.parametrize(("day", "inferred", "shown"), [
    (PartialDate(2021, 3, 4), False, "2021-03-04"), (PartialDate(2021, 3, 4), True, '"2021-03-04"'),
    (PartialDate(2021), False, '"2021"'), (PartialDate(None, 7, 31), False, '"--07-31"'),
])  # fmt: skip
def test_only_a_whole_and_certain_day_is_a_date(day: PartialDate, inferred: bool, shown: str) -> None:
    stored = paper(1)
    stored = replace(stored, paper=replace(stored.paper, published=day, published_inferred=inferred))
    assert f"\npublished: {shown}\n" in note(stored)


@given(st.text(), st.text(), st.text(min_size=1))
def test_no_text_breaks_out_of_its_property(title: str, author: str, tag: str) -> None:
    stored = paper(1, tags=(tag,))
    stored = replace(stored, paper=replace(stored.paper, title=title, authors=(author,)))
    found = properties(note(stored))
    assert list(found) == [each for each in ("reader", "title", "authors", "published", "arxiv", "url", "read", "tags",
                                             "lists") if each in found]  # fmt: skip
    for each in found.get("tags", []):  # type: ignore[attr-defined]
        assert re.fullmatch(r"[\w/-]+", each)
        assert not each.isdigit()


@given(st.text())
def test_a_name_is_one_that_every_system_takes(title: str) -> None:
    name = note_name(title, "abcdefghijklmnop")
    assert name
    assert len(name.encode()) <= 200
    assert not re.search(r'[\\/:*?"<>|#^\[\]\x00-\x1f]', name)
    assert name == name.strip(" .")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("CON", "CON abcdef"),
        ("nul.txt", "nul.txt abcdef"),
        ("...", "abcdef"),
        ("a/b: [c] #d^e|f", "a b c d e f"),
        ("深層" * 100, "深層" * 20),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert note_name(title, "abcdefghijklmnop") == name


@given(st.text().filter(lambda text: "<!-- reader: below" not in text))
def test_what_stands_below_the_line_stays_to_the_byte(mine: str) -> None:
    first = note(PAPERS[0]) + mine
    richer = replace(PAPERS[0], read=False, note="another", tags=("new",))
    again = note(richer, first)
    assert again.partition(LINE)[2].partition("\n")[2] == mine
    assert note(richer, again) == again
    assert "another" in again


def test_what_was_written_above_the_line_is_kept() -> None:
    first = note(PAPERS[1]).replace("read: false", "read: false\nrating: 5\naliases:\n  - T1").replace(
        "tags:\n", "tags:\n  - mine\n"
    ).replace("# Title", "a thought\n\n# Title")  # fmt: skip
    richer = replace(PAPERS[1], read=True, tags=("new",))
    again = note(richer, first)
    assert properties(again)["rating"] == "5"
    assert properties(again)["aliases"] == ["T1"]
    assert properties(again)["tags"] == ["new", "mine"]
    assert properties(again)["read"] is True
    assert again.index(LINE) < again.index("a thought")
    assert note(richer, again) == again


def test_a_persons_tag_stays_when_the_library_has_none_any_more() -> None:
    first = note(PAPERS[1]).replace("tags:\n", "tags:\n  - mine\n")
    bare = replace(PAPERS[1], tags=())
    again = note(bare, first)
    assert properties(again)["tags"] == ["mine"]
    assert note(bare, again) == again


def test_a_note_without_its_line_is_kept_whole_below() -> None:
    first = note(PAPERS[1]).partition(LINE)[0] + "my words\n"
    again = note(PAPERS[1], first)
    assert again.partition(LINE)[2].count("my words") == 1


def test_a_note_knows_whose_it_is() -> None:
    assert owner(note(PAPERS[0])) == (False, PAPERS[0].key)
    assert owner(written(list_note('My "list"', []), None)) == (True, 'My "list"')
    for other in ("", "# A note", '---\ntitle: x\n---\nreader: "a"\n', "---\nreader: x\n---\n"):
        assert owner(other) is None
