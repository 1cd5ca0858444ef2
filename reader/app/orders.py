"""What is to be exported, how and where, as values: what the screen of exports gives back, and what is asked first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.app.selection import Chosen
from reader.frozen import frozen

if TYPE_CHECKING:
    from reader.list_file import MarkdownOptions


@frozen
class What:
    """Papers that can be exported.

    Attributes:
        name: under which it is remembered how they were exported.
        label: what the user reads.
        list_name: the reading list that they are.
        query: what finds them.
        papers: the selected ones; everything where none of the three is there.
    """

    name: str
    label: str
    list_name: str | None = None
    query: str | None = None
    papers: Chosen | None = None


@frozen
class Order:
    """What is to be written, how, and where.

    Attributes:
        options: what Markdown shows; None for what the file shows already.
        typed: a path as people type it, in that folder where it is relative; "" for the default place.
        over_anything: whether a file is replaced of which nobody can say whose it is.
    """

    what: What
    form: str
    options: MarkdownOptions | None
    typed: str
    folder: Path
    over_anything: bool = False


@frozen
class Unsure:
    """Something that is not written before the user was asked.

    Attributes:
        title: the question.
        text: more of it.
        yes: what is written where the user says yes, and whether entries are taken out that have left the list.
        no: the same for no; None writes nothing.
    """

    title: str
    text: str
    yes: tuple[Order, bool]
    no: tuple[Order, bool] | None = None
