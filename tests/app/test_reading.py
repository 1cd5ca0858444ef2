"""Reading one paper: what stands in its pane, paging through it, and mathematics in both views."""

from __future__ import annotations

from app.conftest import Drive, Driven
from reader.app.alike import alike

LONG = [{"title": f"Paper {n}", "abstract": f"Sentence of paper {n}. " * 120} for n in range(3)]
PAPER = {
    "title": r"Losses in $L^2$ on the Poincar\'e Ball",
    "abstract": r"It is {\bf 11\%} better, see https://github.com/a/only_train_once for x_1.",
    "authors": ["Ada Spout"],
    "published": "2025-12-24",
    "arxiv_id": "2512.00009",
    "links": ["https://github.com/a/only_train_once"],
    "tags": ["todo"],
}


def lines(reader: Driven) -> list[str]:
    """The lines of the pane, as they are drawn."""
    return [reader.detail.render_line(y).text.strip("│┃ ") for y in range(reader.detail.size.height)]


async def test_the_sheet_stands_in_the_order_of_reading(drive: Drive) -> None:
    async with drive([PAPER]) as reader:
        await reader.press("b")
        assert reader.sheet.split("\n") == [
            "Losses in L² on the Poincaré Ball",
            "",
            "Ada Spout",
            "Dec 24, 2025 · arXiv:2512.00009",
            "★ Bookmarks · unread",
            "",
            "It is 11% better, see https://github.com/a/only_train_once for x₁.",
            "",
            "Code   https://github.com/a/only_train_once",
            "arXiv  https://arxiv.org/abs/2512.00009",
            "",
            "#todo",
            "",
            "Seen in made up.jsonl, number 1",
        ]


async def test_backslash_shows_mathematics_as_it_was_typed_in_list_and_text(drive: Drive) -> None:
    async with drive([PAPER]) as reader:
        assert reader.row().startswith("Losses in L² on the Poincaré Ball")
        await reader.search("poincaré L²")
        await reader.press("enter", "backslash")
        assert reader.row().startswith(r"Losses in $L^2$ on the Poincar\'e B")
        assert reader.sheet.startswith(r"Losses in $L^2$ on the Poincar\'e Ball")
        assert r"{\bf 11\%}" in reader.sheet
        await reader.press("backslash")
        assert reader.sheet.startswith("Losses in L² on the Poincaré Ball")


async def test_addresses_are_links_of_the_terminal(drive: Drive) -> None:
    async with drive([PAPER]) as reader:
        drawn = [reader.detail.render_line(y) for y in range(reader.detail.size.height)]
        links = {segment.style.link for strip in drawn for segment in strip if segment.style and segment.style.link}
        assert links == {"https://github.com/a/only_train_once", "https://arxiv.org/abs/2512.00009"}
        written = "".join(strip.render(reader.app.console) for strip in drawn)
        assert ";https://arxiv.org/abs/2512.00009\x1b\\" in written


async def test_space_reads_on_and_at_the_end_goes_to_the_next_paper(drive: Drive) -> None:
    async with drive(LONG, size=(80, 24)) as reader:
        assert str(reader.detail.border_subtitle).endswith("Space reads on")
        while not reader.detail.at_end:
            assert reader.papers.cursor == 0
            await reader.press("space")
        assert str(reader.detail.border_subtitle).endswith("Space goes to the next paper")
        left = reader.detail.top
        await reader.press("space")
        assert (reader.papers.cursor, reader.detail.top) == (1, 0)
        await reader.press("k")
        assert (reader.detail.top, reader.sheet.partition("\n")[0]) == (left, "Paper 0")


async def test_z_gives_the_text_the_whole_screen_and_every_way_back_gives_it_up(drive: Drive) -> None:
    async with drive(LONG, size=(120, 36)) as reader:
        for back in ("z", "escape", "1", "slash"):
            await reader.press("z")
            assert (reader.detail.region.width, reader.focused) == (120, "detail")
            assert not reader.papers.region.width
            await reader.press("space", "j")
            await reader.press(back)
            assert reader.detail.region.width < 120
            assert reader.focused == ("search" if back == "slash" else "papers")


async def test_the_text_stands_in_the_middle_of_a_wide_screen(drive: Drive) -> None:
    async with drive(LONG, size=(200, 30)) as reader:
        await reader.press("z")
        drawn = [reader.detail.render_line(y).text.rstrip("│┃ ") for y in range(8, 20)]
        margin = min(len(line) - len(line.lstrip()) for line in drawn if line)
        assert 50 < margin < 60
        assert 80 < max(len(line) - margin for line in drawn) <= 88


async def test_where_it_is_low_the_head_takes_fewer_lines(drive: Drive) -> None:
    async with drive([PAPER], size=(80, 24)) as reader:
        assert lines(reader)[:4] == [
            "Losses in L² on the Poincaré Ball",
            "Ada Spout",
            "Dec 24, 2025 · arXiv:2512.00009 · unread",
            "",
        ]


async def test_what_is_like_it_comes_below_and_a_click_leads_there(drive: Drive) -> None:
    async with drive() as reader:
        first, key = reader.papers.ids[0], reader.detail.key
        (found,) = alike(reader.session.store, first, key)
        other, title = found.titles[-1].paper, found.titles[-1].title
        reader.detail.show_related(key, found.titles)
        assert "Related · R lists them\n· " in reader.sheet
        assert reader.sheet.endswith(f"· {title}")
        await reader.press("2", "G")
        place = lines(reader).index(f"· {title}")
        await reader.pilot.click(reader.detail, offset=(6, place + 1))
        await reader.answered()
        assert reader.box.value.startswith("related:")
        assert first not in reader.papers.ids
        assert reader.papers.current == other


async def test_papers_like_it_are_looked_for_when_the_cursor_rests(drive: Drive) -> None:
    async with drive() as reader:
        reader.main._resting._seconds = 0.01
        await reader.press("j", "k")
        await reader.until(lambda: "Related · R lists them" in reader.sheet)
