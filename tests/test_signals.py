"""Being told to end: the first signal counts, and whoever was told last keeps the others away."""

from __future__ import annotations

import signal

import pytest

from reader.signals import left_by_signals

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs POSIX signals")


def test_only_the_first_signal_counts_and_within_another_only_the_inner_is_told() -> None:
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGHUP)}
    outer: list[int] = []
    inner: list[int] = []
    try:
        with left_by_signals(outer.append):
            with left_by_signals(inner.append):
                signal.raise_signal(signal.SIGTERM)
                signal.raise_signal(signal.SIGHUP)
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)
        assert (outer, inner) == ([], [143])
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def test_who_was_not_told_leaves_everything_as_it_was() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with left_by_signals(lambda _: None):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
