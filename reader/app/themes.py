"""The colours: two themes of our own beside Textual's, and which of all is meant.

In ours, text has a contrast of at least 4.5:1 to what it stands on, wherever the app draws it (WCAG 2.2, success
criterion 1.4.3).
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

from reader.settings.values import did_you_mean

DARK = Theme(
    name="reader-dark",
    dark=True,
    background="#14171c",
    surface="#1b1f26",
    panel="#20252d",
    foreground="#d9dde3",
    primary="#6f9fd8",
    secondary="#a594d6",
    accent="#e3b062",
    warning="#e8a33d",
    error="#ef7f86",
    success="#8cc084",
    variables={
        "surface-lighten-1": "#262c35",
        "surface-lighten-2": "#2f3743",
        "scrollbar": "#7d8590",
        "scrollbar-hover": "#a0a7b1",
        "scrollbar-active": "#d9dde3",
        "scrollbar-background": "#262c35",
        "scrollbar-background-hover": "#262c35",
        "scrollbar-background-active": "#262c35",
        "footer-key-foreground": "#e3b062",
        "text-disabled": "auto 60%",
    },
)
PAPER = Theme(
    name="reader-paper",
    dark=False,
    background="#faf6ec",
    surface="#f5efe0",
    panel="#efe7d4",
    foreground="#221c13",
    primary="#2f5f8a",
    secondary="#66508f",
    accent="#b8431c",
    warning="#8a4b00",
    error="#a01f2b",
    success="#2f6a2f",
    variables={
        "surface-lighten-1": "#efe7d4",
        "surface-lighten-2": "#e6dbc1",
        "scrollbar": "#8c8270",
        "scrollbar-hover": "#6b6250",
        "scrollbar-active": "#221c13",
        "scrollbar-background": "#e6dbc1",
        "scrollbar-background-hover": "#e6dbc1",
        "scrollbar-background-active": "#e6dbc1",
        "footer-key-foreground": "#8f3414",
        "text-disabled": "auto 66%",
    },
)
OURS = (DARK, PAPER)

_MEANT = {"dark": DARK.name, "light": PAPER.name, "paper": PAPER.name}
_LIGHT_BACKGROUNDS = ("7", "15")
"""As COLORFGBG numbers them: the last of its numbers is the background's."""
AUTO = "auto"


def names() -> tuple[str, ...]:
    """Every theme by name, ours first."""
    return (*(theme.name for theme in OURS), *sorted(BUILTIN_THEMES))


def meant(name: str, environment: Mapping[str, str]) -> str | None:
    """The theme that a setting names, in a terminal that says that of itself; None where there is none."""
    if name == AUTO:
        return fitting(environment)
    name = _MEANT.get(name, name)
    return name if name in BUILTIN_THEMES or name in (DARK.name, PAPER.name) else None


def has_terminals_colours(name: str) -> bool:
    """Whether a theme has the sixteen colours that the terminal gives them, and no others."""
    return name in BUILTIN_THEMES and BUILTIN_THEMES[name].ansi


def did_you_mean_theme(name: str) -> str:
    """The theme whose name is most like it, as the end of a sentence."""
    return did_you_mean(name, (*names(), *_MEANT, AUTO))


def fitting(environment: Mapping[str, str]) -> str:
    """The theme for a terminal: light where it says so; the terminal's own colours where it has but sixteen."""
    light = environment.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_BACKGROUNDS
    if _has_few_colours(environment):
        return "ansi-light" if light else "ansi-dark"
    return PAPER.name if light else DARK.name


def _has_few_colours(environment: Mapping[str, str]) -> bool:
    """Whether a terminal says nothing of more than sixteen colours (terminfo names tell it by their end)."""
    if environment.get("COLORTERM") in ("truecolor", "24bit") or "WT_SESSION" in environment:
        return False
    name = environment.get("TERM", "")
    return name in ("linux", "xterm", "screen", "vt100", "vt220", "ansi", "cygwin") or name.endswith("-16color")
