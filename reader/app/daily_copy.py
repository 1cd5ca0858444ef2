"""The copy of what the user made, which the first change of a day leaves beside the library."""

from __future__ import annotations

from datetime import date

from reader.app.session import Session
from reader.errors import LibraryError
from reader.store import Store


class DailyCopy:
    """Makes the copy of each day that the app runs on, once; what fails is told once a day, and tried again."""

    def __init__(self, session: Session) -> None:
        """Copy the library of that session."""
        self._session = session
        self._made: date | None = None
        self._told: date | None = None

    def make(self, store: Store) -> None:
        """Make the copy of this day unless it is made. Raises `LibraryError` where it cannot be written."""
        now = self._session.now()
        if self._made == now.date():
            return
        from reader.library import back_up_daily, copy_of_day  # loaded after the first change, while nobody waits

        try:
            back_up_daily(store, self._session.library_path, now=now)
        except LibraryError as error:
            if self._told != now.date():
                self._told = now.date()
                words = f"what you changed is kept, but today's copy of it cannot be made: {error.message}"
                raise LibraryError(words, error.hint) from error
            return
        if copy_of_day(self._session.library_path, now.date()).exists():
            self._made = now.date()
