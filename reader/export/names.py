"""An author's name in the parts that bibliographies want: "Ada van der Soup Jr." is family "Soup", given "Ada".

A name is stored as it is read aloud, so its parts are a guess, and the guess is a careful one: the last word is the
family name, small words before it are its particle, a known suffix is one. Joined again in the order of speech, the
parts are the name. What is one word, or looks like an organization, stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.text import collapse, visible

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_ORGANIZATIONS = frozenset({
    "team", "teams", "collaboration", "consortium", "group", "lab", "labs", "laboratory", "university", "institute",
    "research", "inc", "inc.", "ltd", "ltd.", "corporation", "foundation", "company", "society", "project", "ai",
    "and", "the", "of", "for", "others",
})  # fmt: skip
_NO_PERSON = re.compile(r"[^\w\s.'’`‐-―·-]|[\d_]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts; of an organization, or of what is not understood, there is only `whole`."""

    whole: str
    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""


def parts_of(text: str) -> Name:
    """The parts of a name; a comma before a suffix is dropped."""
    whole = visible(collapse(text))
    words = whole.split()
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in _SUFFIXES else ""
    if suffix:
        words[-1] = words[-1].removesuffix(",")
    named = " ".join(words)
    if len(words) < 2 or _NO_PERSON.search(named) or not _ORGANIZATIONS.isdisjoint(map(str.casefold, words)):
        return Name(whole)
    first_of_family = len(words) - 1
    while first_of_family > 1 and words[first_of_family - 1].islower():
        first_of_family -= 1
    given, particle = words[:first_of_family], words[first_of_family:-1]
    return Name(f"{named} {suffix}".rstrip(), words[-1], " ".join(given), " ".join(particle), suffix)
