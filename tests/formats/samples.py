"""One small made-up file of every format that can be read, by the name of the format: what fuzzing begins with."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from export import made_lists
from export.kept import FULL, kept
from reader.export.registry import FORMATS as EXPORTS

from . import arxiv_files, layouts, pages, site_pages
from .test_layouts import CARDS, LAYOUTS
from .test_library_file import HEAD, PAPER, SOURCE
from .test_paper_pages import PAGE


def samples() -> Iterator[tuple[str, str]]:
    """What each is, and its text."""
    yield "paragraph", pages.paragraph_page(pages.CARDS)
    yield "compact", pages.compact_page(pages.CARDS)
    for name, (renderer, *_) in LAYOUTS.items():
        yield name, renderer(CARDS, random.Random(1))
    yield "saved_html", layouts.saved_html(CARDS, random.Random(1))
    yield "related", layouts.related(CARDS, random.Random(1))
    yield "paper_copied", layouts.paper_copied(PAGE)
    yield "paper_markdown", layouts.paper_markdown(PAGE)
    yield "library_file", "\n".join([HEAD, json.dumps(SOURCE), json.dumps(PAPER)])
    yield "reading_list", made_lists.written()
    yield "answer", json.dumps(site_pages.ITEMS)
    yield "page", site_pages.listing()
    yield "mail", site_pages.mail(site_pages.listing())
    yield "snapshot", arxiv_files.snapshot(arxiv_files.ROW, arxiv_files.row(id="2401.00002"))
    yield "arxiv_api", arxiv_files.answer(arxiv_files.entry("2401.00001", "A title"))
    yield "rss", arxiv_files.rss(arxiv_files.item("2401.00001", "A title"))
    yield (
        "news",
        "<?xml version='1.0'?>\n<rss version='2.0'><channel><item><title>Teapots</title></item></channel></rss>",
    )
    yield "atom", arxiv_files.atom(arxiv_files.entry("2401.00001", "A title"))
    for name, form in EXPORTS.items():
        yield f"exported {name}", "".join(form.render([kept(FULL)] * 2, title="A list"))
