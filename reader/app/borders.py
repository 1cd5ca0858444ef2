"""The borders between the panes: where they are on the screen, and the widgets' sizes that put them there."""

from __future__ import annotations

from textual.css.scalar import Scalar
from textual.screen import Screen
from textual.widget import Widget

from reader.app.division import Border, Division

_WHOLE = 1000


def show(screen: Screen[None], division: Division, *, wide: bool) -> None:
    """Give the panes their shares; as long as nothing was ever moved, the style sheet has said so already."""
    screen.set_class(division.no_text, "-no-text")
    screen.set_class(division.no_bookmarks and wide, "-no-bookmarks")
    lists, detail, papers, bookmarks = (screen.query_one(f"#{name}") for name in _SHARING)
    if division == Division() and not lists.styles.has_rule("height"):
        return
    _share(lists, detail, "width", division.columns if wide else None)
    _share(lists, detail, "height", None if wide else division.rows)
    _share(papers, bookmarks, "height", division.shelf if wide else None)


_SHARING = ("lists", "detail", "papers", "bookmarks")


def _share(first: Widget, second: Widget, side: str, share: int | None) -> None:
    """Divide a side between two widgets; None leaves it to the style sheet."""
    for widget, part in ((first, share), (second, None if share is None else _WHOLE - share)):
        scalar = None if part is None else Scalar.parse(f"{part}fr")
        if getattr(widget.styles.inline, side, None) != scalar:
            setattr(widget.styles, side, scalar)


def at(screen: Screen[None], x: int, y: int, *, wide: bool) -> Border | None:
    """The border that a cell of the screen belongs to: the two lines between two panes."""
    lists, detail, papers, bookmarks = (screen.query_one(f"#{name}") for name in _SHARING)
    if not lists.display:
        return None
    if detail.display and lists.region.contains_point((x, y)) | detail.region.contains_point((x, y)):
        if wide and x in (lists.region.right - 1, detail.region.x):
            return "columns"
        if not wide and y in (lists.region.bottom - 1, detail.region.y):
            return "rows"
    between = wide and bookmarks.display and x < lists.region.right
    return "shelf" if between and y in (papers.region.bottom - 1, bookmarks.region.y) else None


def share(screen: Screen[None], border: Border, x: int, y: int) -> int:
    """The thousandths that a border stands at when it is pulled to that cell."""
    body, lists = screen.query_one("#body").region, screen.query_one("#lists").region
    match border:
        case "columns":
            return round((x + 1 - body.x) / max(body.width, 1) * _WHOLE)
        case "rows":
            return round((y + 1 - body.y) / max(body.height, 1) * _WHOLE)
        case "shelf":
            return round((y + 1 - lists.y) / max(lists.height, 1) * _WHOLE)
