"""Papers and Markdown reading lists for tests of writing, merging and reading them."""

from __future__ import annotations

from collections.abc import Sequence

from reader.export.markdown import pieces, render
from reader.export.markdown_mending import mended
from reader.export.markdown_merge import Merged, arrange, merge
from reader.formats.reading_list import parse
from reader.list_file import DEFAULT_OPTIONS, Header, MarkdownOptions
from reader.paper import Paper, PartialDate, StoredPaper

TITLE = "My list"


def paper(n: int, **made: object) -> StoredPaper:
    """A paper that differs from all others in every line."""
    return StoredPaper(
        key="abcdefghijklmnopqrstuvwxyz"[n] * 16,
        paper=Paper(
            title=f"Title *{n}*",
            abstract=f"Abstract {n} costs $x$, see https://x.org/{n} by @name.",
            authors=("Ada Lovelace", f"Bo {'abcdefghijklmnopqrstuvwxyz'[n].upper()}"),
            author_count=2,
            published=PartialDate(2020 + n % 3, 1, 2),
            url=f"https://arxiv.org/abs/2301.{n + 1:05}",
            arxiv_id=f"2301.{n + 1:05}",
            links=(f"https://x.org/{n}",),
        ),
        sources=(),
        added="",
        **made,  # type: ignore[arg-type]
    )


PAPERS = tuple(
    paper(
        n,
        tags=("vision", "two words") if n % 2 else (),
        note=f"Note {n}\n\nof **two** paragraphs" if n % 3 == 0 else None,
        read=n % 4 == 0,
    )
    for n in range(6)
)


def written(papers: Sequence[StoredPaper] = PAPERS, options: MarkdownOptions = DEFAULT_OPTIONS) -> str:
    """The file that nobody has touched."""
    return "".join(render(papers, title=TITLE, options=options, list_name=TITLE))


def written_again(
    text: str,
    papers: Sequence[StoredPaper] = PAPERS,
    options: MarkdownOptions = DEFAULT_OPTIONS,
    *,
    known: Sequence[StoredPaper] = PAPERS,
    drop: bool = False,
) -> Merged:
    """A file written over one that is there; `known` are the papers of the library, `papers` those of the list."""
    by_key = {each.key: each for each in (*known, *papers)}
    header = Header(TITLE, TITLE, options)
    old = mended(parse(text), header, [pieces(each, options) for each in papers])
    keys = [each.key for each in papers]
    plan = arrange(old, keys, drop=drop)
    found = ((key, pieces(by_key[key], options) if key in by_key else None) for key in plan.keys)
    return merge(old, header, plan, keys, found)
