"""Writing a reading list again loses nothing that a person wrote, and changes all else to what it is now."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from export.made_lists import PAPERS, paper, written, written_again
from reader.export.markdown_merge import interleaved
from reader.list_file import KEPT_HEADING, MarkdownOptions
from reader.paper import StoredPaper

HAND_WRITTEN = (
    "a line by hand", "  an indented line", "> a quotation", "## A heading", "- [ ] A new thing", "* [x] Another thing",
    "  - [ ] check the proof", "1. a number", "<!-- a comment -->", "    code", "- a point", "  > my note", "| a | b |",
)  # fmt: skip
NEW = paper(20)
BY_YEAR = MarkdownOptions(group="year")
ALL_OPTIONS = [
    replace(group, abstracts=a, notes=n, tags=t)
    for group, a, n, t in product([MarkdownOptions(), BY_YEAR], [True, False], [True, False], [True, False])
]


def in_year_order(papers: list[StoredPaper]) -> list[StoredPaper]:
    return sorted(papers, key=lambda each: str(each.paper.published), reverse=True)


def edited(text: str, random_: random.Random) -> tuple[str, list[str]]:
    """A file as a person may leave it, and the lines they wrote."""
    lines, mine = text.split("\n"), []
    for _ in range(random_.randint(0, 6)):
        words = f"{random_.choice(HAND_WRITTEN)} {random_.randint(0, 10**9)}"
        lines.insert(random_.randint(0, len(lines)), words)
        mine.append(words)
    for _ in range(random_.choice([0, 0, 1, 8])):
        at = random_.randrange(len(lines))
        if lines[at] not in mine:
            del lines[at]
    if random_.random() < 0.3:
        start, end = sorted(random_.sample(range(len(lines)), 2))
        moved = lines[start:end]
        del lines[start:end]
        at = random_.randint(0, len(lines))
        lines[at:at] = moved
    if random_.random() < 0.3:
        lines = [line.replace("[ ]", "[x]") if random_.random() < 0.3 else line for line in lines]
    return "\n".join(lines), mine


def words_of(line: str) -> str:
    """A line without the check box that it may lose at the end of a file, and without what shows it as a quotation."""
    return re.sub(r"^(?:[-*] \[.\]|>) ", "", line.strip())


@given(st.integers(0, 2**32), st.sampled_from(ALL_OPTIONS), st.booleans())
def test_no_line_written_by_hand_is_ever_lost_and_twice_is_once(
    seed: int, options: MarkdownOptions, drop: bool
) -> None:
    random_ = random.Random(seed)
    text, mine = edited(written(), random_)
    papers = [each for each in PAPERS if random_.random() < 0.8] + [NEW]
    if random_.random() < 0.3:
        random_.shuffle(papers)
    if options.group == "year":
        papers = in_year_order(papers)
    once = written_again(text, papers, options, known=(*PAPERS, NEW), drop=drop)
    assert [line for line in mine if words_of(line) not in once.text] == []
    assert written_again(once.text, papers, options, known=(*PAPERS, NEW), drop=drop).text == once.text


@given(
    st.sampled_from(ALL_OPTIONS),
    st.sampled_from(ALL_OPTIONS),
    st.permutations(PAPERS),
    st.sets(st.sampled_from(range(6))),
)
def test_over_a_file_that_nobody_touched_stands_what_a_new_one_would_hold(
    before: MarkdownOptions, after: MarkdownOptions, papers: list[StoredPaper], gone: set[int]
) -> None:
    left = [each for each in papers if PAPERS.index(each) not in gone]
    if before.group == "year":
        papers = in_year_order(papers)
    if after.group == "year":
        left = in_year_order(left)
    assert written_again(written(papers, before), left, after, drop=True).text == written(left, after)


def test_a_file_that_was_cut_off_anywhere_becomes_whole_again() -> None:
    whole = written()
    for at in range(whole.index("\n- ["), len(whole)):
        assert written_again(whole[:at]).text == whole, at


def test_a_file_that_ends_with_an_entry_of_which_nothing_but_the_marker_is_left_becomes_whole_again() -> None:
    whole = written()
    second = whole.index("\n- [", whole.index("\n- [") + 1)
    for begun in ("", whole[: whole.index("\n- [")], whole[:second]):
        for each in PAPERS:
            marker = next(line for line in whole.splitlines() if line.startswith(f"  <!-- reader:{each.key} "))
            again = written_again(f"{begun}\n{marker}").text
            assert sorted(filter(None, again.splitlines())) == sorted(filter(None, whole.splitlines()))


def test_what_was_written_in_a_file_that_was_cut_off_stays() -> None:
    text = written().replace("  Abstract 5", "  my thoughts\n\n  Abstract 5")
    for at in range(text.index("my thoughts") + len("my thoughts"), len(text)):
        assert "my thoughts" in written_again(text[:at]).text


def test_a_line_behind_an_entry_stays_behind_it() -> None:
    text = written(PAPERS[:3]).replace("- [ ] [Title \\*2", "about the second\n\n- [ ] [Title \\*2")
    again = written_again(text, [*PAPERS[:3], NEW]).text
    assert re.findall(r"Title \\\*\d+|about the second", again) == [
        "Title \\*0", "Title \\*1", "about the second", "Title \\*2", "Title \\*20",
    ]  # fmt: skip


def test_a_new_entry_goes_behind_what_it_follows_and_before_the_next_heading() -> None:
    text = written(PAPERS[:3]).replace("- [ ] [Title \\*1", "## Later\n\n- [ ] [Title \\*1")
    again = written_again(text, [PAPERS[0], NEW, *PAPERS[1:3]]).text
    assert re.findall(r"Title \\\*\d+|## Later", again) == [
        "Title \\*0", "Title \\*20", "## Later", "Title \\*1", "Title \\*2",
    ]  # fmt: skip


def test_a_moved_entry_stays_where_it_was_put_and_an_order_nobody_touched_follows_the_library() -> None:
    first, second = written(PAPERS[:2]).split("- [ ] [Title \\*1")
    head, entry = first.split("- [x] [Title \\*0")
    body, end = second.split("<!-- reader:papers")
    moved = f"{head}- [ ] [Title \\*1{body}- [x] [Title \\*0{entry}<!-- reader:papers{end}"
    for papers in (PAPERS[:2], (*PAPERS[:2], NEW)):
        assert written_again(moved, papers).text.index("Title \\*1") < written_again(moved, papers).text.index(
            "Title \\*0"
        )
    turned = written_again(written(PAPERS[:2]), PAPERS[1::-1]).text
    assert turned == written(PAPERS[1::-1])


def test_an_entry_taken_out_stays_out_until_all_is_written_anew() -> None:
    text = re.sub(r"- \[ \] \[Title \\\*1.*?(?=- \[)", "", written(), flags=re.DOTALL)
    again = written_again(text).text
    assert "Title \\*1" not in again
    assert written_again(again).text == again


def test_an_entry_whose_paper_left_the_list_stays_unless_told_and_what_was_written_in_it_always() -> None:
    text = written().replace("  Abstract 1 ", "  my thoughts\n\n  Abstract 1 ")
    left = [each for each in PAPERS if each != PAPERS[1]]
    assert "Title \\*1" in written_again(text, left).text
    dropped = written_again(text, left, drop=True)
    assert "Title \\*1" not in dropped.text
    assert dropped.kept == 1
    assert dropped.text.index(KEPT_HEADING) < dropped.text.index("my thoughts")
    assert written_again(dropped.text, left, drop=True).text == dropped.text


def test_a_changed_line_is_the_persons_and_a_deleted_one_stays_deleted() -> None:
    text = written().replace("Abstract 1 costs", "Abstract one costs").replace("  Links: <https://x.org/2>\n\n", "")
    richer = [
        replace(each, paper=replace(each.paper, abstract="Now another.", links=("https://y.org/",))) for each in PAPERS
    ]
    again = written_again(text, richer).text
    assert "Abstract one costs" in again
    assert again.count("Now another.") == len(PAPERS) - 1
    assert again.count("Links: <https://y.org/>") == len(PAPERS) - 1


def test_a_tick_by_hand_stays_and_one_of_the_library_comes() -> None:
    text = written().replace("- [ ] [Title \\*1", "- [x] [Title \\*1")
    papers = [replace(each, read=True) if each == PAPERS[2] else each for each in PAPERS]
    again = written_again(text, papers).text
    assert re.findall(r"- \[(.)\]", again) == ["x", "x", "x", " ", "x", " "]


def test_tags_and_notes_that_both_sides_changed_are_kept_and_told() -> None:
    text = written().replace("Tags: #vision", "Tags: #mine #vision", 1).replace("Note: Note 3", "Note: Mine 3")
    papers = [
        replace(each, tags=(*each.tags, "theirs"), note=each.note and f"Theirs\n\n{each.note}") for each in PAPERS
    ]
    again = written_again(text, papers)
    assert len(again.disputed) == 2
    assert "Tags: #mine #vision `two words` #theirs" in again.text
    assert "Mine 3" in again.text
    assert again.text.count("Theirs") == 2
    only_mine = written_again(text, PAPERS)
    assert not only_mine.disputed
    assert "Tags: #mine #vision" in only_mine.text


def test_a_note_is_compared_by_what_it_says_and_left_as_it_is_written() -> None:
    text = written().replace("of \\*\\*two\\*\\* paragraphs", "of **two** paragraphs")
    assert "of **two** paragraphs" in written_again(text).text


def test_line_breaks_and_byte_order_marks_stay() -> None:
    text = "\ufeff" + written().replace("\n", "\r\n")
    again = written_again(text, [*PAPERS, NEW]).text
    assert again.startswith("\ufeff# My list\r\n")
    assert "\n" not in again.replace("\r\n", "")


@given(st.lists(st.integers(0, 20), unique=True), st.lists(st.integers(0, 20), unique=True))
def test_two_orders_become_one_that_keeps_the_first(first: list[int], second: list[int]) -> None:
    found = interleaved(first, second)
    assert [each for each in found if each in first] == first
    assert sorted(found) == sorted({*first, *second})


def test_a_copied_entry_before_the_heading_of_a_group_makes_no_more_headings() -> None:
    papers = in_year_order(list(PAPERS))
    text = written(papers, BY_YEAR)
    last = re.search(r"- \[.\] (?:(?!- \[|## ).)*(?=## \d+ <!-- reader:group)", text[text.index("- [") :], re.DOTALL)
    assert last is not None
    once = written_again(text.replace(last[0], last[0] * 2, 1), papers, BY_YEAR).text
    assert once.count("<!-- reader:group -->") == text.count("<!-- reader:group -->")
    assert written_again(once, papers, BY_YEAR).text == once


def test_an_entry_whose_paper_left_the_library_stays_as_it_stands() -> None:
    text = written().replace("  Abstract 1 ", "  my thoughts\n\n  Abstract 1 ")
    left = [each for each in PAPERS if each != PAPERS[1]]
    entry = re.search(r"- \[ \] \[Title \\\*1.*?(?=- \[)", text, re.DOTALL)
    assert entry is not None
    again = written_again(text, left, known=left)
    assert entry[0] in again.text
    assert again.kept == 0


def test_a_paper_read_in_the_library_is_ticked_under_the_title_that_a_person_gave_it() -> None:
    text = written().replace("- [ ] [Title \\*2\\*]", "- [ ] [My own title]")
    papers = [replace(each, read=True) if each == PAPERS[2] else each for each in PAPERS]
    assert "- [x] [My own title](" in written_again(text, papers).text


def test_tags_written_in_an_entry_that_goes_are_kept_and_those_nobody_touched_go_with_it() -> None:
    left = [each for each in PAPERS if each != PAPERS[1]]
    assert written_again(written(), left, drop=True).kept == 0
    changed = written_again(written().replace("Tags: #vision", "Tags: #mine #vision", 1), left, drop=True)
    assert changed.kept == 1
    assert changed.text.index(KEPT_HEADING) < changed.text.index("Tags: #mine #vision")
