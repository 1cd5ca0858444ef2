"""The Textual app: one main screen, a widget a pane, small modal screens, one command registry."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from reader import paths
from reader.app.leaving import report
from reader.desktop import found
from reader.signals import left_by_signals
from reader.store import Store

NOWHERE: Mapping[str, str] = MappingProxyType({})
"""The environment of a terminal that says nothing of itself."""

_NEW_BEFORE_LOOKING = 700
"""New objects before Python looks for unreachable ones, so few that no key waits for it."""


def run_app(
    library_path: Path,
    *,
    export_folder: Path,
    log_folder: Path | None = None,
    history: Path | None = None,
    settings_file: Path | None = None,
    keep_settings: bool = True,
    state_folder: Path | None = None,
    environment: Mapping[str, str] = NOWHERE,
    upgrading: Callable[[], None] | None = None,
) -> int:
    """Open the app on a library, made where there is none, run until the user leaves, and give the exit status.

    Args:
        library_path: the library.
        export_folder: where reading lists are written, unless the settings say where.
        log_folder: where a bug leaves its traceback; the platform's own where none is named.
        history: where queries are remembered from one run to the next, where they are.
        settings_file: the user's settings, where there may be any.
        keep_settings: whether what is decided in the app goes into that file.
        state_folder: where it is remembered how the app was left, where it is.
        environment: what the terminal says of itself.
        upgrading: called before a large library of an older version is brought up to date.

    Raises:
        LibraryError: the library cannot be opened.
        ReaderError: a bug ended the app; what was kept is safe.
    """
    gc.disable()  # until the first frame: what is loaded for it is here to stay
    from reader.app.beginning import apply_settings, recall
    from reader.app.reader_app import ReaderApp
    from reader.app.session import Session

    session = Session(
        store=Store.open(library_path, upgrading=upgrading),
        library_path=library_path,
        export_folder=export_folder,
        now=lambda: datetime.now(UTC),
        origin=f"window {os.urandom(4).hex()}",
        history=history,
        settings_file=settings_file if keep_settings else None,
        desktop=found(environment, platform=sys.platform, which=shutil.which),
        when_shown=_collect_garbage,
    )
    try:
        if settings_file is not None:
            apply_settings(session, settings_file, environment)
        if state_folder is not None:
            recall(session, state_folder)
        app = ReaderApp(session)
        session.when_leaving(lambda: None if app.left is None else session.when_left(app.left))
        with left_by_signals(app.leave), _counting(session.settings.ambiguous_width):
            try:
                app.run() if session.settings.mouse else app.run(mouse=False)
            finally:
                session.close()  # here, so that no signal cuts short what is being finished
    finally:
        session.close()
    if app.bug is not None:
        raise report(app.bug, log_folder or paths.log_folder(), session.now()) from app.bug
    return app.return_code or 0


def _counting(ambiguous_width: int) -> AbstractContextManager[None]:
    """While the app runs, count ambiguous characters as the settings say."""
    if ambiguous_width == 1:
        return nullcontext()
    from reader.app.cell_widths import ambiguous_counted_wide

    return ambiguous_counted_wide()


def _collect_garbage() -> None:
    gc.freeze()
    gc.set_threshold(_NEW_BEFORE_LOOKING)
    gc.enable()
