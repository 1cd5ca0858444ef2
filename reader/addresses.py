"""Where a paper can be read: its addresses in the order of their use, and a search for one that has none.

Only http and https addresses are ever given, to a host, without a user's name before it and without characters that
act on a terminal: they are opened in browsers and written into hyperlinks.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode, urlsplit

from reader.frozen import frozen
from reader.mathematics import as_read
from reader.paper import Paper, parse_arxiv_id
from reader.text import is_repository, visible

CODE, ARXIV, DOI, PDF, PAGE, LINK = "Code", "arXiv", "DOI", "PDF", "Page", "Link"


@frozen
class Address:
    """An address with what it leads to: "Code", "arXiv", "DOI", "PDF", "Page" or "Link"."""

    kind: str
    url: str


def addresses(paper: Paper) -> tuple[Address, ...]:
    """The addresses of a paper, each once: the repository of its code, then where its text is, then the others."""
    found: dict[str, Address] = {}
    for address in _of_paper(paper):
        if is_web_address(address.url):
            found.setdefault(address.url, address)
    return tuple(sorted(found.values(), key=lambda address: _ORDER.index(address.kind)))


def main_address(paper: Paper) -> str | None:
    """The one address to give to somebody else: of the paper, not of its code."""
    found = [address for address in addresses(paper) if address.kind != CODE]
    return found[0].url if found else None


def searches(paper: Paper) -> tuple[Address, ...]:
    """Addresses that search for a paper by its title."""
    title = as_read(paper.title)
    return (
        Address("arXiv", "https://arxiv.org/search/?" + urlencode({"query": title, "searchtype": "title"})),
        Address("Scholar", "https://scholar.google.com/scholar?" + urlencode({"q": f'"{title}"'})),
    )


def doi_address(doi: str) -> str:
    """Where a DOI leads (https://www.doi.org/doi-handbook/HTML/encoding-rules-for-urls.html)."""
    return f"https://doi.org/{quote(visible(doi.strip()), safe='/:;().-_~')}"


def arxiv_address(arxiv_id: str, version: int | None = None) -> str:
    """The page of a paper on arXiv."""
    return f"https://arxiv.org/abs/{quote(arxiv_id)}{f'v{version}' if version else ''}"


def is_web_address(url: str) -> bool:
    """Whether something can be opened: http or https, to a host."""
    if visible(url) != url or any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


_ORDER = (CODE, ARXIV, DOI, PAGE, PDF, LINK)


def _of_paper(paper: Paper) -> Iterator[Address]:
    links = paper.links or ()
    yield from (Address(CODE, url) for url in links if is_repository(url))
    if paper.arxiv_id is not None:
        yield Address(ARXIV, arxiv_address(paper.arxiv_id))
        yield Address(PDF, f"https://arxiv.org/pdf/{paper.arxiv_id}")
    if paper.doi is not None:
        yield Address(DOI, doi_address(paper.doi))
    if paper.url is not None and not (paper.arxiv_id and parse_arxiv_id(paper.url) and "arxiv.org" in paper.url):
        yield Address(PAGE, paper.url)
    yield from (Address(LINK, url) for url in links)
