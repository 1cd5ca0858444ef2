"""The library's store: SQLite, and nothing that knows of rules or screens.

A `Store` is one connection and belongs to the thread that opened it; `interrupt` alone may be called from another.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reader.store.database import Database
from reader.store.lists import ReadingLists
from reader.store.opening import open_database
from reader.store.papers import Papers

if TYPE_CHECKING:
    from reader.store.annotations import Annotations
    from reader.store.checks import Checks
    from reader.store.edits import Edits
    from reader.store.filters import Filters
    from reader.store.imports import Imports
    from reader.store.incoming import Incoming
    from reader.store.journal import Journal
    from reader.store.mending import Mending
    from reader.store.outgoing import Outgoing
    from reader.store.parting import Parting
    from reader.store.saved_searches import SavedSearches
    from reader.store.sources import Sources
    from reader.store.text_index import TextIndex


class Store:
    """One connection to a library, and its parts.

    Attributes:
        papers: reading papers.
        lists: the reading lists.
    """

    def __init__(self, database: Database) -> None:
        """Use an open database; see `open`."""
        self.database = database
        self.papers = Papers(database)
        self.lists = ReadingLists(database)

    @classmethod
    def open(cls, path: Path, *, create: bool = True, upgrading: Callable[[], None] | None = None) -> Store:
        """Open a library; a missing one is made, or with `create=False` stays missing and reads as empty.

        `upgrading` is called before a large one of an older version is brought up to date.

        Raises:
            LibraryError: it cannot be opened or made, is no library, or is of a newer version.
        """
        return cls(open_database(path, create=create, upgrading=upgrading))

    @cached_property
    def journal(self) -> Journal:
        """Every change, undo and redo; loaded when it is first used."""
        from reader.store.journal import Journal

        return Journal(self.database)

    @cached_property
    def index(self) -> TextIndex:
        """The full-text index and the vocabulary; loaded when it is first used."""
        from reader.store.text_index import TextIndex

        return TextIndex(self.database)

    @cached_property
    def imports(self) -> Imports:
        """Writing what an import finds; loaded when it is first used."""
        from reader.store.imports import Imports

        return Imports(self.database)

    @cached_property
    def sources(self) -> Sources:
        """Where papers were seen; loaded when it is first used."""
        from reader.store.sources import Sources

        return Sources(self.database)

    @cached_property
    def annotations(self) -> Annotations:
        """Tags, notes and marks; loaded when it is first used."""
        from reader.store.annotations import Annotations

        return Annotations(self.database)

    @cached_property
    def searches(self) -> SavedSearches:
        """The searches that the user keeps; loaded when it is first used."""
        from reader.store.saved_searches import SavedSearches

        return SavedSearches(self.database)

    @cached_property
    def outgoing(self) -> Outgoing:
        """What is carried to another library; loaded when it is first used."""
        from reader.store.outgoing import Outgoing

        return Outgoing(self.database)

    @cached_property
    def incoming(self) -> Incoming:
        """What is carried over from another library; loaded when it is first used."""
        from reader.store.incoming import Incoming

        return Incoming(self.database)

    @cached_property
    def edits(self) -> Edits:
        """Uniting and removing papers and sources; loaded when it is first used."""
        from reader.store.edits import Edits

        return Edits(self.database)

    @cached_property
    def filters(self) -> Filters:
        """Papers by what is not their text; loaded when it is first used."""
        from reader.store.filters import Filters

        return Filters(self.database)

    @cached_property
    def parting(self) -> Parting:
        """Merges made by hand, and the way back; loaded when it is first used."""
        from reader.store.parting import Parting

        return Parting(self.database)

    @cached_property
    def checks(self) -> Checks:
        """Whether it is all sound; loaded when it is first used."""
        from reader.store.checks import Checks

        return Checks(self.database)

    @cached_property
    def mending(self) -> Mending:
        """Making anew what follows from the papers; loaded when it is first used."""
        from reader.store.mending import Mending

        return Mending(self.database)

    def interrupt(self) -> None:
        """Stop what the store is doing in another thread; that raises `Interrupted` there."""
        self.database.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
