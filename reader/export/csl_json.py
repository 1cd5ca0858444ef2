"""CSL-JSON: papers for Zotero, pandoc and everything else that cites in the Citation Style Language.

The richest of the bibliographies: it tells names in all their parts and knows preprints (`article`, which Zotero reads
as Preprint). Every item has a type, since Zotero refuses a file of which one has none. A line is printable ASCII, and
an item is a line, so that long files can be followed and compared.

Source: https://docs.citationstyles.org/en/stable/specification.html and its schema csl-data.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.export.citation_keys import CitationKeys
from reader.export.jsonl import encoded
from reader.export.names import parts_of
from reader.paper import Paper, StoredPaper


def render(papers: Iterable[StoredPaper], *, title: str = "") -> Iterator[str]:
    """An array of items, one a paper. There is no place for a title."""
    del title
    keys = CitationKeys()
    before = "[\n"
    for stored in papers:
        yield before + encoded(_item(stored, keys.of(stored)))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _item(stored: StoredPaper, key: str) -> dict[str, object]:
    paper = stored.paper
    item: dict[str, object] = {"id": key, "type": "article", "title": paper.title}
    if paper.authors:
        item["author"] = [_name(name) for name in paper.authors]
    if (issued := _issued(paper)) is not None:
        item["issued"] = issued
    if paper.arxiv_id is not None:
        item |= {"publisher": "arXiv", "number": f"arXiv:{paper.arxiv_id}"}
    if paper.arxiv_version is not None:
        item["version"] = str(paper.arxiv_version)
    known = {"DOI": paper.doi, "URL": paper.url, "abstract": paper.abstract, "keyword": ", ".join(stored.tags)}
    return item | {name: value for name, value in known.items() if value}


def _name(text: str) -> dict[str, str]:
    name = parts_of(text)
    if not name.family:
        return {"literal": name.whole}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}


def _issued(paper: Paper) -> dict[str, object] | None:
    """The date as far as it is known; without a year there is none. A concluded year is "circa"."""
    day = paper.published
    if day is None or day.year is None:
        return None
    parts = [part for part in (day.year, day.month, day.day) if part is not None]
    return {"date-parts": [parts]} | ({"circa": True} if paper.published_inferred else {})
