"""Undo and redo in the app, run by the worker, and in which words it tells the user.

What others did, and what an import brought, is not taken back before the user was asked; what takes long is not begun
here (`changes.Lengthy`), so that the user sees how far it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from reader import library
from reader.app.changes import Lengthy, Outcome, shelf, stopped
from reader.app.session import Session
from reader.frozen import frozen
from reader.paper import PartialDate
from reader.store import Store

if TYPE_CHECKING:
    from reader.library import Progress
    from reader.store.journal import Step

Report = Callable[["Progress"], None]

_MOST_LED_TO = 100
"""Papers of a change to one of which the cursor is led, at most: more are everywhere."""


@frozen
class Doubt:
    """A step that is not taken back before the user was asked.

    Attributes:
        step: its id.
        label: what was done.
        why: why the user is asked: who did it, and when.
        redo: whether it is to be done again.
    """

    step: int
    label: str
    why: str
    redo: bool = False


def undo(
    store: Store, session: Session, *, sure: int | None = None, report: Report | None = None
) -> Outcome | Doubt | Lengthy:
    """Take back the last change of this window, or another that stands in its way or is all there is.

    An import, or what was done elsewhere, only when the user is `sure` of that step; one that takes long only where it
    can `report` how far it is.
    """
    step = library.next_to_undo(store, session.origin)
    if step is None:
        return _told(store, "undone", None, session)
    if step.id != sure and (step.kind == "import" or step.origin != session.origin):
        return Doubt(step.id, step.label, why_doubted(step, session, first=store.journal.newest(origin=session.origin)))
    if report is None and library.is_lengthy(store, step):
        return Lengthy(lambda store, report: undo(store, session, sure=sure, report=report))
    papers = _about(store, step)
    try:
        label = library.undo(store, step=step.id, between=_telling(store, step, report, "taking back"))
    except KeyboardInterrupt:
        return stopped(store, session)
    if label is None:  # another window was faster
        return undo(store, session, sure=sure, report=report)
    session.taken_back.add(step.id)
    told = _told(store, "undone", label, session, papers)
    undone = store.journal.newest_undone()
    return told if undone is not None and undone.id == step.id else replace(told, way_back="")


def why_doubted(step: Step, session: Session, *, first: Step | None = None) -> str:
    """Who made a step, and when by the clock on the wall; `first` is what it stands in the way of."""
    at, today = datetime.fromisoformat(step.at).astimezone(), session.now().astimezone().date()
    when = f"at {at:%H:%M}"
    if at.date() != today:
        when += f" on {PartialDate(at.year, at.month, at.day).in_words()}"
    if step.origin == session.origin:
        return f"Made in this window {when}; its papers go with it."
    who = {"window": "by another window", "command": "by a command"}.get(
        step.origin.split(" ")[0], "outside this window"
    )
    way = f" It has to do with what you did before: {first.label}." if first is not None else ""
    return f"Made {who} {when}.{way}"


def redo(
    store: Store, session: Session, *, sure: int | None = None, report: Report | None = None
) -> Outcome | Doubt | Lengthy:
    """Do again what was taken back last; what was not taken back in this window only when the user is `sure` of it."""
    step = store.journal.newest_undone()
    if step is None:
        return _told(store, "done again", None, session)
    if step.id != sure and step.id not in session.taken_back:
        return Doubt(step.id, step.label, why_doubted(step, session), redo=True)
    if report is None and library.is_lengthy(store, step):
        return Lengthy(lambda store, report: redo(store, session, sure=sure, report=report))
    papers = _about(store, step)
    try:
        label = library.redo(store, between=_telling(store, step, report, "doing again"))
    except KeyboardInterrupt:
        return stopped(store, session)
    return _told(store, "done again", label, session, papers)


def _telling(store: Store, step: Step, report: Report | None, stage: str) -> Callable[[int], None]:
    """Tells, of so many rows of a step, how far what is done with it is."""
    if report is None:
        return lambda _: None
    from reader.library.undoing import rows_of

    total = rows_of(store, step)

    def between(rows: int) -> None:
        done = min(rows, total)
        report(library.Progress(step.label, done, done, total, stage, unit="change"))

    return between


def _about(store: Store, step: Step) -> tuple[int, ...]:
    """The papers that were decided on; an import, or a change of a whole list, is about none in particular."""
    if step.kind == "import":
        return ()
    return store.journal.papers(step.id, most=1 if step.kind == "arrange" else _MOST_LED_TO)


def _told(store: Store, done: str, label: str | None, session: Session, papers: tuple[int, ...] = ()) -> Outcome:
    words = f"{done}: {label}" if label else f"Nothing to be {done}"
    way_back = {"undone": "{redo} does it again", "done again": "{undo} takes it back"}[done] if label else ""
    return Outcome(words, shelf(store, session), papers_changed=True, way_back=way_back, papers=papers)
