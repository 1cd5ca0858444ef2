"""How numbers of papers are written: 500, 10k, 1m."""

from __future__ import annotations

import argparse
import re

_SIZE = re.compile(r"(?P<count>\d[\d_,]*)(?P<unit>[km]?)", re.IGNORECASE)
_UNITS = {"m": 1_000_000, "k": 1_000, "": 1}


def size(text: str) -> int:
    """A number of papers, as an argument of a command: 500, 10000, 10k or 1m."""
    found = _SIZE.fullmatch(text)
    papers = int(found["count"].replace(",", "")) * _UNITS[found["unit"].lower()] if found else 0
    if not papers:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of papers, such as 500, 10k or 1m")
    return papers


def short(papers: int) -> str:
    """The same as few characters as possible."""
    return next(f"{papers // each}{unit}" for unit, each in _UNITS.items() if papers % each == 0)
