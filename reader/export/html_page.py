"""HTML: papers as one page that needs nothing else, to be read in a browser, sent or printed.

What always holds:

* The page loads and runs nothing: no script, no picture, no font, and its own policy forbids them.
* A paper's text is never markup: every character that could act is an entity.
* Links lead to http and https addresses only, and tell no one where they were followed from.
* It is dark where the reader's system is dark, and paper is white.

Source: https://html.spec.whatwg.org; Content Security Policy Level 3, section 3.3 (`meta`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from reader.addresses import arxiv_address, doi_address
from reader.export.addresses import web_address
from reader.paper import Paper, StoredPaper
from reader.text import URL, collapse, trim_url, visible
from reader.wording import authors_in_words, facts, machine_notes, made_of

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --quiet: #5c5c5c; --paper: #fff; --line: #d9d9d9; --link: #0b57a4 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e4e4; --quiet: #a3a3a3; --paper: #161616; --line: #3a3a3a; --link: #8ab8f0 }
}
body { margin: 2rem auto; max-width: 42rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Georgia, "Times New Roman", serif; overflow-wrap: break-word }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .3rem } h2.day { margin: 2rem 0 0 }
article { border-top: 1px solid var(--line); padding: 1.2rem 0 .4rem; break-inside: avoid }
a { color: var(--link) } p { margin: .4rem 0 } .about { color: var(--quiet); font-size: .9rem }
blockquote { margin: .6rem 0; padding-left: .8rem; border-left: 3px solid var(--line); white-space: pre-line }
@media print {
  :root { color-scheme: light; --ink: #000; --quiet: #333; --paper: #fff; --line: #999; --link: #000 }
  body { max-width: none; margin: 0; font-size: 10.5pt }
  h2 a { text-decoration: none } h2 a::after { content: " (" attr(href) ")"; font-weight: normal; font-size: .8em }
}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(papers: Iterable[StoredPaper], *, title: str) -> Iterator[str]:
    """A page in chunks, one a paper, as they come."""
    yield head(title)
    for stored in papers:
        yield article(stored)
    yield FOOT


def head(title: str) -> str:
    """The beginning of a page, with its heading."""
    shown = plain(title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="reader">\n'
        f"<title>{shown}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{shown}</h1>\n'
    )


FOOT = "</body>\n</html>\n"
"""The end of a page."""


def article(stored: StoredPaper) -> str:
    """A paper."""
    paper = stored.paper
    body = paper.abstract or (f"Summary: {paper.summary}" if paper.summary else "")
    blocks = [
        f'<h2 dir="auto">{_title(paper)}</h2>',
        _paragraph(plain(authors_in_words(paper)), "about"),
        _paragraph(plain(" · ".join(facts(paper))), "about"),
        _paragraph(prose(body)),
        *(_paragraph(prose(each), "about") for each in machine_notes(paper)),
        f'<blockquote dir="auto">{_lines(stored.note)}</blockquote>' if stored.note else "",
        _paragraph(" · ".join(_links(paper)), "about"),
        _paragraph(plain(" · ".join(made_of(stored))), "about"),
    ]
    return f'<article id="{plain(stored.key)}">\n' + "".join(f"{each}\n" for each in blocks if each) + "</article>\n"


def plain(text: str) -> str:
    """A text as nothing but text, in an element or between quotes."""
    return escape(visible(collapse(text)))


def prose(text: str) -> str:
    """A text whose web addresses are links."""
    parts, end = [], 0
    line = visible(collapse(text))
    for match in URL.finditer(line):
        address = trim_url(match.group())
        parts += [escape(line[end : match.start()]), _link(web_address(address), address)]
        end = match.start() + len(address)
    return "".join([*parts, escape(line[end:])])


def _paragraph(inside: str, kind: str = "") -> str:
    return f'<p{f" class={chr(34)}{kind}{chr(34)}" if kind else ""} dir="auto">{inside}</p>' if inside else ""


def _title(paper: Paper) -> str:
    return _link(web_address(paper.url), visible(collapse(paper.title)))


def _links(paper: Paper) -> Iterator[str]:
    """Where else to find it: arXiv, its DOI, and the addresses that do not stand in the abstract."""
    if paper.arxiv_id is not None and paper.arxiv_id not in (paper.url or ""):
        yield _link(arxiv_address(paper.arxiv_id, paper.arxiv_version), "arXiv")
    if paper.doi is not None:
        yield _link(doi_address(paper.doi), f"doi:{visible(collapse(paper.doi))}")
    for url in paper.links or ():
        if url not in (paper.abstract or ""):
            yield _link(web_address(url), visible(collapse(url)))


def _lines(note: str) -> str:
    return "\n".join(prose(line) for line in note.strip().splitlines())


def _link(target: str | None, text: str) -> str:
    if target is None:
        return escape(text)
    return f'<a href="{escape(target)}" rel="noopener noreferrer">{escape(text)}</a>'
