"""The merge rule: what a paper becomes when a record of the same paper is met.

The rule does not depend on the order of records, and meeting the same record twice changes nothing: a richer record
fills what a poorer one left empty, and nothing that is known is ever blanked.
"""

from __future__ import annotations

from reader.paper import Paper, PartialDate
from reader.text import fold, repositories_first

_Names = tuple[str, ...]


def merge(stored: Paper, found: Paper) -> Paper:
    """The paper that both records describe.

    A newer version of the same arXiv id brings its text. Otherwise texts keep the longest form, of equal ones the
    spelling that sorts first. Links are those of both: a service that knows the code repository knows no version, so
    that no version may replace what it told. Counts keep the largest, until the store takes those of the newest page;
    of two dates the more certain wins (see `better_date`).
    """
    published, inferred = better_date(
        (stored.published, stored.published_inferred), (found.published, found.published_inferred)
    )
    newer = _newer(stored, found)
    return Paper(
        title=newer.title if newer else _fuller(stored.title, found.title) or stored.title,
        abstract=newer.abstract if newer and newer.abstract else _fuller(stored.abstract, found.abstract),
        authors=_longer(stored.authors, found.authors),
        author_count=larger(stored.author_count, found.author_count),
        published=published,
        published_inferred=inferred,
        comments=larger(stored.comments, found.comments),
        upvotes=larger(stored.upvotes, found.upvotes),
        arxiv_id=_first(stored.arxiv_id, found.arxiv_id),
        arxiv_version=larger(stored.arxiv_version, found.arxiv_version),
        doi=_first(stored.doi, found.doi),
        url=_first(stored.url, found.url),
        categories=_longer(stored.categories, found.categories),
        links=_united(stored.links, found.links),
        summary=_first(stored.summary, found.summary),
        keywords=_longer(stored.keywords, found.keywords),
        organization=_first(stored.organization, found.organization),
    )


def better_date(
    stored: tuple[PartialDate | None, bool], found: tuple[PartialDate | None, bool]
) -> tuple[PartialDate | None, bool]:
    """Of two dates, each with whether its year was inferred, the one to keep.

    A printed year beats an inferred one, an inferred one beats none. Of two inferred years the later wins, since a
    later page is the better witness; else the more exact date, then the earlier.
    """
    published, inferred = max(stored, found, key=_certainty)
    return published, inferred and published is not None and published.year is not None


def _certainty(date: tuple[PartialDate | None, bool]) -> tuple[int, int, int, tuple[int, int, int]]:
    published, inferred = date
    if published is None:
        return 0, 0, 0, (0, 0, 0)
    parts = (published.year or 0, published.month or 0, published.day or 0)
    exactness = sum(part > 0 for part in parts)
    earlier = (-parts[0], -parts[1], -parts[2])
    if published.year is None:
        return 1, 0, exactness, earlier
    return (2, published.year, exactness, earlier) if inferred else (3, 0, exactness, earlier)


def _newer(stored: Paper, found: Paper) -> Paper | None:
    """The one of two records whose arXiv version is higher; a record that names none is older than one that does."""
    versions = stored.arxiv_version or 0, found.arxiv_version or 0
    if versions[0] == versions[1]:
        return None
    return stored if versions[0] > versions[1] else found


def _fuller(stored: str | None, found: str | None) -> str | None:
    """The longer of two texts; of those that differ only in case and width, or not even in length, the first."""
    if stored is None or found is None or stored == found:
        return found if stored is None else stored
    return min(stored, found, key=lambda text: (-len(fold(text)), text))


def _first(stored: str | None, found: str | None) -> str | None:
    return min((text for text in (stored, found) if text is not None), default=None)


def larger(stored: int | None, found: int | None) -> int | None:
    """The larger of two counts, where any is known."""
    return max((count for count in (stored, found) if count is not None), default=None)


def _longer(stored: _Names | None, found: _Names | None) -> _Names | None:
    known = [names for names in (stored, found) if names is not None]
    return min(known, key=lambda names: (-len(names), names), default=None)


def _united(stored: _Names | None, found: _Names | None) -> _Names | None:
    """The links of both, code repositories first; sorted, since two records have no order of their own."""
    if stored is None or found is None or stored == found:
        return found if stored is None else stored
    return repositories_first(sorted({*stored, *found}))
