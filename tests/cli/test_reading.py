"""Commands that only read: search, show, lists, stats, doctor."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.made_up import PAPERS, TITLES, fill
from cli.conftest import Command

PAPER_KEYS = [
    "key", "title", "abstract", "authors", "author_count", "published", "published_inferred", "comments", "upvotes",
    "arxiv_id", "arxiv_version", "doi", "url", "categories", "links", "summary", "organization", "sources",
    "added", "bookmarked", "lists", "tags", "note", "read", "dismissed",
]  # fmt: skip


@pytest.mark.usefixtures("library")
class TestSearch:
    """`reader search`."""

    def test_without_a_query_every_paper_is_listed_in_the_order_of_its_page(self, command: Command) -> None:
        ran = command("search")
        assert (ran.status, ran.err) == (0, "")
        assert [line[9:].split("  (")[0] for line in ran.lines] == list(TITLES)
        assert ran.lines[0].endswith("Teapots That Listen  (Dec 24, 2025)")

    def test_typos_are_forgiven_and_said_on_standard_error(self, command: Command) -> None:
        ran = command("search", "teepots", "lisen")
        assert ran.status == 0
        assert "Teapots That Listen" in ran.lines[0]
        assert "teepots → teapots" in ran.err

    def test_nothing_found_is_status_1_and_no_output(self, command: Command) -> None:
        ran = command("search", "zzqqxx")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == "nothing is like 'zzqqxx'\nNothing found.\n"

    def test_json_has_every_key_in_its_order_and_a_score(self, command: Command) -> None:
        ran = command("search", "--json", "teapots", "listen")
        assert list(ran.objects[0]) == [*PAPER_KEYS, "score"]
        first = ran.objects[0]
        assert first["published"] == "2025-12-24"
        assert first["sources"] == [
            {"name": "made up.jsonl", "kind": first["sources"][0]["kind"], "page_date": None, "rank": 1,
             "seen": "2026-03-01T09:00:00+00:00"}
        ]  # fmt: skip
        assert 0 < first["score"] <= 1

    def test_json_says_null_for_what_is_unknown(self, command: Command) -> None:
        (found,) = command("search", "--json", "lighthouses").objects
        assert (found["abstract"], found["authors"], found["doi"], found["published"]) == (None, None, None, "2024-05")
        assert (found["links"], found["lists"], found["tags"]) == (None, [], [])

    def test_limit_cuts_and_says_so_on_standard_error(self, command: Command) -> None:
        ran = command("search", "--limit", "3")
        assert (len(ran.lines), ran.err) == (3, "3 of 12\n")
        for limit in ("0", "12", "50"):
            ran = command("search", "--limit", limit)
            assert (len(ran.lines), ran.err) == (12, "")

    def test_fifty_are_shown_where_no_limit_is_given(self, command: Command, tmp_path: Path) -> None:
        many = fill(tmp_path / "many.db", [{"title": f"Number {n}", "abstract": f"{n}"} for n in range(1_234)])
        ran = command("--library", str(many), "search")
        assert (len(ran.lines), ran.err) == (50, "50 of 1,234\n")

    def test_sort_orders_and_puts_the_unknown_last(self, command: Command) -> None:
        by_date = [paper["published"] for paper in command("search", "--json", "--sort", "date").objects]
        assert by_date[:2] == ["2025-12-24", "2024-05"]
        assert by_date[3:] == [None] * 9
        by_title = [paper["title"] for paper in command("search", "--json", "--sort", "title").objects]
        assert by_title == sorted(TITLES, key=str.casefold)
        assert command("search", "--json", "--sort", "upvotes").objects[0]["upvotes"] == 12

    def test_a_sort_field_that_is_none_is_wrong_usage(self, command: Command) -> None:
        ran = command("search", "--sort", "colour")
        assert (ran.status, ran.out) == (2, "")
        assert "relevance, " in ran.err

    def test_words_with_one_dash_and_words_behind_two_dashes_belong_to_the_query(self, command: Command) -> None:
        for words in (["teapots", "-survey"], ["-teapots"], ["--", "--teapots"], ["--", "-x", "teapots"], ["-"]):
            ran = command("search", *words)
            assert ran.status in (0, 1), words
            assert "No such option" not in ran.err
        assert "Teapots That Listen" in command("search", "--", "--teapots").out

    def test_an_option_that_is_none_is_wrong_usage(self, command: Command) -> None:
        assert command("search", "--teapots").status == 2

    def test_bookmarked_papers_bear_a_star(self, command: Command) -> None:
        key = command("search", "--json", "spoons").objects[0]["key"]
        command("bookmark", key)
        assert command("search", "spoons").lines[0].startswith(f"{key[:6]} ★ A Census")
        found = command("search", "--json", "spoons").objects[0]
        assert (found["bookmarked"], found["lists"]) == (True, ["Bookmarks"])


def test_an_empty_library_says_how_to_fill_it(command: Command, tmp_path: Path) -> None:
    ran = command("search")
    assert (ran.status, ran.out) == (1, "")
    assert "reader import" in ran.err
    assert not (tmp_path / "library.db").exists()


@pytest.mark.usefixtures("library")
class TestShow:
    """`reader show`."""

    def test_a_paper_is_found_by_key_beginning_of_key_arxiv_id_and_address(self, command: Command) -> None:
        key = command("search", "--json", "teapots", "listen").objects[0]["key"]
        for name in (
            key,
            key[:10],
            key.upper(),
            "2512.00001",
            "arXiv:2512.00001v2",
            "https://arxiv.org/abs/2512.00001",
        ):
            ran = command("show", name)
            assert (ran.status, ran.err) == (0, ""), name
            assert ran.out.startswith("Teapots That Listen\n\nAda Spout, Bob Handle\n")

    def test_text_is_wrapped_and_json_is_whole(self, command: Command) -> None:
        assert max(len(line) for line in command("show", "2512.00001").lines) <= 80
        (whole,) = command("show", "--json", "2512.00001").objects
        assert list(whole) == PAPER_KEYS
        assert whole["abstract"] == str(PAPERS[0]["abstract"]).strip()

    def test_an_unknown_key_is_status_1(self, command: Command) -> None:
        ran = command("show", "nosuchkey")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith("reader: no paper has the key 'nosuchkey'")

    def test_a_beginning_of_several_keys_is_wrong_usage_and_names_them(self, command: Command, tmp_path: Path) -> None:
        crowd = fill(tmp_path / "crowd.db", [{"title": f"Number {n}", "abstract": f"{n}"} for n in range(40)])
        keys = [p["key"] for p in command("--library", str(crowd), "search", "--json").objects]
        letter = next(k[0] for k in keys if sum(other[0] == k[0] for other in keys) > 1)
        ran = command("show", letter, "--library", str(crowd))
        assert (ran.status, ran.out) == (2, "")
        assert "begins several keys" in ran.err


@pytest.mark.usefixtures("library")
class TestCounts:
    """`reader lists`, `stats` and `doctor`."""

    def test_lists_are_shown_with_their_counts(self, command: Command) -> None:
        command("bookmark", "2512.00001", "--list", "Tea")
        assert command("lists").lines == ["      0  Bookmarks", "      1  Tea"]
        assert command("lists", "--json").objects == [{"name": "Bookmarks", "count": 0}, {"name": "Tea", "count": 1}]

    def test_stats_count_what_there_is(self, command: Command, library: Path) -> None:
        (counts,) = command("stats", "--json").objects
        assert counts == {
            "library": str(library), "bytes": library.stat().st_size, "papers": 12, "abstracts": 11, "sources": 1,
            "lists": 1, "bookmarked": 0, "tags": 0, "notes": 0, "read": 0, "dismissed": 0,
        }  # fmt: skip
        assert list(counts)[:7] == ["library", "bytes", "papers", "abstracts", "sources", "lists", "bookmarked"]
        assert "       12  papers" in command("stats").lines

    def test_the_doctor_finds_a_sound_library_sound(self, command: Command) -> None:
        ran = command("doctor")
        assert (ran.status, ran.err) == (0, "")
        assert all(line.startswith("ok  ") for line in ran.lines)
        for finding in command("doctor", "--json").objects:
            assert list(finding) == ["name", "sound", "detail", "advice"]
            assert finding["sound"] is True


@pytest.mark.parametrize("name", ["lists", "stats", "doctor", "search", "export"])
def test_reading_makes_no_library(command: Command, tmp_path: Path, name: str) -> None:
    assert command(name).status in (0, 1)
    assert not (tmp_path / "library.db").exists()


@pytest.mark.usefixtures("library")
def test_the_library_may_be_named_before_or_after_the_command_or_by_the_environment(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str(fill(tmp_path / "other.db", [{"title": "Elsewhere", "abstract": "It is."}]))
    for arguments in (["--library", other, "search"], ["search", "--library", other], ["search", f"--library={other}"]):
        assert [line[9:] for line in command(*arguments).lines] == ["Elsewhere"]
    assert len(command("search").lines) == 12
    monkeypatch.setenv("READER_LIBRARY", other)
    assert [line[9:] for line in command("search").lines] == ["Elsewhere"]
    assert len(command("--library", str(tmp_path / "library.db"), "search").lines) == 12
