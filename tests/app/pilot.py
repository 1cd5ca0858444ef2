"""A pilot that knows when the app is done, instead of waiting until the process seems idle.

Textual's own sleeps 20 ms at a time, twice for every key, until the process uses little of the processor: slow where
nothing is left to do, and a guess where the machine is busy. Whatever an app does, it does in its event loop; so it is
done when that has nothing left to run and the screen is painted. What threads are still to answer is not waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import unicodedata

from textual.app import App, ReturnType
from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

_FRAME = 0.005  # seconds
_REST_SECONDS = 30.0
"""What no app needs to come to rest, on however busy a machine: one of its widgets has stopped listening."""


class SettlingPilot(Pilot[ReturnType]):
    """Drives an app, and goes on as soon as it has dealt with what it was given."""

    async def press(self, *keys: str) -> None:
        """Press keys, each when all that came of the one before is done."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            driver.send_message(key_event(self.app, key))
            await self.settle()

    async def pause(self, delay: float | None = None) -> None:
        """Wait so many seconds, and then until nothing is left to do."""
        if delay:
            await asyncio.sleep(delay)
        await self.settle()

    async def settle(self) -> None:
        """Wait until every message is handled, every animation over and the screen painted."""
        deadline = time.monotonic() + _REST_SECONDS
        await _nothing_to_run()
        while (held := self._holds_its_picture()) or self._go_on() or self.app.animator._animations:
            assert time.monotonic() < deadline, f"{self.app.screen} never comes to rest"
            await asyncio.sleep(_FRAME if held else 0)
            await self.app.animator.wait_for_idle()
            await _nothing_to_run()

    def _holds_its_picture(self) -> bool:
        """Whether the app asked for a moment without a new frame, as it does when the palette closes."""
        return bool(self.app._batch_count) and self.app.is_running

    def _go_on(self) -> bool:
        """Do at once what the app would do within its next frame, and tell whether there was anything."""
        app = self.app
        if app._resize_timer is not None:
            app._check_resize()
            return True
        if not app.screen_stack or not app.screen.is_running:
            return False
        screen = app.screen
        changed = screen._layout_required or screen._scroll_required or screen._repaint_required
        if changed or screen._recompose_required or screen._dirty_widgets or screen._callbacks:
            screen._on_timer_update()
            return True
        return False


def key_event(app: App[ReturnType], key: str) -> Key:
    """The event of a key, by the name that Textual gives it or as the character that it types."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    character: str | None = name if len(name) == 1 else None
    with contextlib.suppress(KeyError):
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    event = Key(name, character)
    event.set_sender(app)
    return event


async def _nothing_to_run() -> None:
    """Wait until the event loop has nothing left to run now: then every task waits for time, a thread or a terminal."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    turns = 0
    while turns < 2:  # in the first turn after the last task, what threads called and timers due may still come in
        await asyncio.sleep(0)
        turns = 0 if ready else turns + 1
