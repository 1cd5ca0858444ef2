"""The themes: which is meant, that ours can be read, and choosing one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from app.conftest import Drive, Driven
from app.made_up import TITLES
from reader.app import themes
from reader.app.theme_screen import ThemeScreen

ENOUGH = 4.5
"""https://www.w3.org/TR/WCAG22/#contrast-minimum"""
NO_TEXT = set(" ▌│┃─╭╮╰╯┌┐└┘├▁▔▎▊█▀▄▇▆▅▃▂")
"""What frames text, and needs less contrast."""


def luminance(color: Color) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(segment: Segment) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.bgcolor is not None
    colors = Color.from_rich_color(segment.style.color), Color.from_rich_color(segment.style.bgcolor)
    dark, light = sorted(luminance(color) for color in colors)
    return (light + 0.05) / (dark + 0.05)


def drawn(reader: Driven) -> Iterator[Segment]:
    """Every piece of text on the screen; what stands dimmed around a small screen does not count."""
    screen = reader.app.screen
    region = screen.region if screen is reader.main else screen.children[-1].region
    lines = screen._compositor.render_strips(reader.app.size)
    for line in lines[region.y : region.bottom]:
        yield from (segment for segment in line.crop(region.x, region.right) if set(segment.text) - NO_TEXT)


@pytest.mark.parametrize("theme", [theme.name for theme in themes.OURS])
async def test_text_in_our_themes_can_be_read_wherever_it_is_drawn(drive: Drive, theme: str) -> None:
    faint: dict[str, float] = {}

    async def look(reader: Driven) -> None:
        await reader.pilot.pause()
        for segment in drawn(reader):
            if contrast(segment) < ENOUGH:
                faint[segment.text.strip()] = round(contrast(segment), 2)

    async with drive(size=(120, 36)) as reader:
        reader.app.theme = theme
        await reader.press("b")
        await look(reader)
        await reader.press("slash")
        await look(reader)  # what can be typed
        await reader.search("teepots nosuch: map so")
        await look(reader)  # what is completed, and not understood
        await reader.search("teepots or map")
        await look(reader)  # what was found
        await reader.press("enter", "2")
        await look(reader)
        await reader.press("3")
        await look(reader)
        for opened in ("question_mark", "l", "S", "delete", "i", "ctrl+p"):
            await reader.pilot.press(opened)
            await look(reader)
            await reader.pilot.press("escape")
        await reader.search("zzqqxx")
        await look(reader)
    assert faint == {}, faint
    assert theme == reader.app.theme


@pytest.mark.parametrize(
    ("setting", "environment", "theme"),
    [
        ("auto", {}, "reader-dark"),
        ("auto", {"COLORFGBG": "15;0", "TERM": "xterm-256color"}, "reader-dark"),
        ("auto", {"COLORFGBG": "0;default;15", "TERM": "xterm-256color"}, "reader-paper"),
        ("auto", {"TERM": "linux"}, "ansi-dark"),
        ("auto", {"TERM": "xterm", "COLORFGBG": "0;15"}, "ansi-light"),
        ("auto", {"TERM": "xterm", "COLORTERM": "truecolor"}, "reader-dark"),
        ("dark", {"COLORFGBG": "0;15"}, "reader-dark"),
        ("light", {}, "reader-paper"),
        ("nord", {}, "nord"),
        ("norrd", {}, None),
    ],
)
def test_a_setting_means_a_theme_in_a_terminal(setting: str, environment: dict[str, str], theme: str | None) -> None:
    assert themes.meant(setting, environment) == theme


def test_every_theme_is_offered_ours_first() -> None:
    assert themes.names()[:2] == ("reader-dark", "reader-paper")
    assert set(themes.names()[2:]) == set(BUILTIN_THEMES)


async def test_a_theme_is_worn_as_the_cursor_comes_to_it_and_left_again(drive: Drive) -> None:
    async with drive() as reader:
        reader.main.action_theme()
        await reader.until(lambda: "reader-paper" in reader.screen_text)
        assert isinstance(reader.app.screen, ThemeScreen)
        assert TITLES[0] in reader.screen_text
        await reader.pilot.press("j")
        await reader.until(lambda: reader.app.theme == "reader-paper")
        await reader.pilot.press("escape")
        await reader.until(lambda: reader.app.theme == "reader-dark" and len(reader.app.screen_stack) == 1)


async def test_a_theme_that_is_chosen_goes_into_the_settings(drive: Drive, tmp_path: Path) -> None:
    async with drive() as reader:
        file = reader.session.settings_file = tmp_path / "settings" / "settings.toml"
        reader.main.action_theme()
        await reader.until(lambda: "reader-paper" in reader.screen_text)
        await reader.pilot.press("j", "enter")
        await reader.answered()
        assert file.read_text(encoding="utf-8") == 'theme = "reader-paper"\n'
        assert reader.app.theme == "reader-paper"


async def test_a_choice_that_cannot_be_kept_is_told_and_worn_all_the_same(drive: Drive, tmp_path: Path) -> None:
    async with drive() as reader:
        file = reader.session.settings_file = tmp_path / "settings.toml"
        file.write_text("theme = \n", encoding="utf-8")
        reader.main.action_theme()
        await reader.until(lambda: "reader-paper" in reader.screen_text)
        await reader.pilot.press("j", "enter")
        await reader.until(lambda: any("not TOML" in toast for toast in reader.toasts))
        assert file.read_text(encoding="utf-8") == "theme = \n"
        assert reader.app.theme == "reader-paper"
