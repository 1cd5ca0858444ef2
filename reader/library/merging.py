"""The merge rule: what a paper becomes when a record of the same paper is met.

The rule does not depend on the order of records, and meeting the same record twice changes nothing: a richer record
fills what a poorer one left empty, and nothing that is known is ever blanked.
"""

from __future__ import annotations

from reader.paper import Paper, PartialDate
from reader.text import fold

_Names = tuple[str, ...]


def merge(stored: Paper, found: Paper) -> Paper:
    """The paper that both records describe.

    Texts that are equal but for case and width keep the spelling that sorts first; counts keep the largest ever
    printed; of two dates the more certain wins (see `better_date`).
    """
    published, inferred = better_date(
        (stored.published, stored.published_inferred), (found.published, found.published_inferred)
    )
    return Paper(
        title=min(stored.title, found.title) if _differ_in_form(stored, found) else stored.title,
        abstract=_abstract(stored, found),
        authors=_longer(stored.authors, found.authors),
        author_count=_larger(stored.author_count, found.author_count),
        published=published,
        published_inferred=inferred,
        comments=_larger(stored.comments, found.comments),
        upvotes=_larger(stored.upvotes, found.upvotes),
        arxiv_id=stored.arxiv_id if stored.arxiv_id is not None else found.arxiv_id,
        arxiv_version=_larger(stored.arxiv_version, found.arxiv_version),
        doi=stored.doi if stored.doi is not None else found.doi,
        url=_first(stored.url, found.url),
        categories=_longer(stored.categories, found.categories),
        links=_longer(stored.links, found.links),
        summary=_first(stored.summary, found.summary),
        organization=_first(stored.organization, found.organization),
    )


def better_date(
    stored: tuple[PartialDate | None, bool], found: tuple[PartialDate | None, bool]
) -> tuple[PartialDate | None, bool]:
    """Of two dates, each with whether its year was inferred, the one to keep.

    A printed year beats an inferred one, an inferred one beats none; then the more exact date wins, then the earlier.
    Between two inferred years the stored one stays: which page is the later is settled where the pages are known.
    """
    return stored if stored[1] and found[1] else max(stored, found, key=_certainty)


def _certainty(date: tuple[PartialDate | None, bool]) -> tuple[bool, bool, int, tuple[int, int, int]]:
    published, inferred = date
    if published is None:
        return False, False, 0, (0, 0, 0)
    parts = (published.year or 0, published.month or 0, published.day or 0)
    exactness = sum(part > 0 for part in parts)
    earlier = (-parts[0], -parts[1], -parts[2])
    return published.year is not None and not inferred, published.year is not None, exactness, earlier


def _differ_in_form(stored: Paper, found: Paper) -> bool:
    """Whether two titles are one but for case and width, so that neither is the better."""
    return stored.title != found.title and fold(stored.title) == fold(found.title)


def _abstract(stored: Paper, found: Paper) -> str | None:
    if stored.abstract is None or found.abstract is None:
        return found.abstract if stored.abstract is None else stored.abstract
    if stored.abstract != found.abstract and fold(stored.abstract) == fold(found.abstract):
        return min(stored.abstract, found.abstract)
    return stored.abstract


def _first(stored: str | None, found: str | None) -> str | None:
    return min((text for text in (stored, found) if text is not None), default=None)


def _larger(stored: int | None, found: int | None) -> int | None:
    return max((count for count in (stored, found) if count is not None), default=None)


def _longer(stored: _Names | None, found: _Names | None) -> _Names | None:
    known = [names for names in (stored, found) if names is not None]
    return min(known, key=lambda names: (-len(names), names), default=None)
