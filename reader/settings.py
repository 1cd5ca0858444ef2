"""What a user decides about the program: frozen values with their defaults. Nothing here reads a file or a screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting; what is not set has its default.

    Attributes:
        advance: whether the cursor moves on to the next paper after one was marked, dismissed or bookmarked.
        dwell_seconds: how long the cursor rests on a paper until it counts as read; 0 for never.
        mathematics: whether mathematics is shown as it is read, and not as it is typed.
    """

    advance: bool = False
    dwell_seconds: float = 0.0
    mathematics: bool = True


DEFAULTS = Settings()
