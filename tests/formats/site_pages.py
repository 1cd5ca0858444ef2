"""Made-up pages and answers of the Daily Papers service, in the forms that programs and browsers save."""

from __future__ import annotations

import html
import json
import quopri
from collections.abc import Sequence
from typing import Any

Item = dict[str, Any]

TITLES = ("Teapots That Listen", "On the Width of Corridors", "[Re] Do Clouds Have Edges?")
ABSTRACTS = tuple(
    f"We ask {thing} for a whole afternoon and write down what they say. " + "Most of it turns out to be true. " * 6
    for thing in ("teapots", "corridors", "clouds")
)


def item(number: int = 0, **members: object) -> Item:
    """An item of a listing; other members go into its paper."""
    return {
        "paper": {
            "id": f"2401.{number + 1:05}",
            "authors": [{"_id": "a", "name": "Ada Soup", "hidden": False}, {"_id": "b", "name": "Bo van Bread"}],
            "publishedAt": "2026-05-03T00:00:00.000Z",
            "submittedOnDailyAt": "2026-05-08T10:01:31.399Z",
            "title": TITLES[number % 3],
            "summary": ABSTRACTS[number % 3].strip(),
            "upvotes": 10 + number,
            "discussionId": "d",
            **members,
        },
        "publishedAt": "2026-05-02T20:00:00.000Z",
        "title": TITLES[number % 3],
        "summary": ABSTRACTS[number % 3].strip(),
        "numComments": number,
    }


ITEMS = tuple(map(item, range(3)))


def element(target: str, props: object, inside: str = "") -> str:
    """An element that bears data."""
    return (
        f'<div class="SVELTE_HYDRATER contents" data-target="{target}" '
        f'data-props="{html.escape(json.dumps(props))}">{inside}</div>'
    )


def card(found: Item) -> str:
    """A paper as a browser draws it."""
    paper = found["paper"]
    address = f"/papers/{paper['id']}"
    return f"""
<article class="relative flex"><a href="{address}" class="shadow"><img src="https://x.org/{paper["id"]}.png" alt=""></a>
 <div class="submitted">Submitted by <div class="flex"><img src="a.png"> somebody</div></div>
 <div class="flex w-full"><a href="/login?next=%2Fpapers%2F{paper["id"]}"><div class="shrink"><svg><path d="M0"/></svg>
   <div class="leading-none">{paper["upvotes"]}</div></div></a>
  <div><h3 class="mb-1"><a href="{address}">{html.escape(paper["title"])}</a></h3>
   <p class="line-clamp"><a href="{address}">{html.escape(paper["summary"])}</a></p>
   <a href="{address}" class="flex"><ul><li>· 2 authors</li></ul></a>
   <div>·</div><div>May 3</div>
  </div></div></article>"""


def listing_text(items: Sequence[Item]) -> str:
    """What a listing page shows."""
    return (
        '<header><nav><a href="/models">Models</a><a href="/datasets">Datasets</a></nav></header><main>'
        "<p>new</p><p>Get trending papers in your email inbox!</p><button>Subscribe</button>"
        '<h1><a href="/papers">Daily Papers</a></h1><h2>by<a href="/akhaliq">AK</a> and the research community</h2>'
        f"<div>May 8</div><section>{''.join(map(card, items))}</section></main><footer>System theme</footer>"
    )


def paper_text(found: Item) -> str:
    """What the page of one paper shows."""
    paper = found["paper"]
    names = "<span>,</span>".join(f"<span><span>{author['name']}</span></span>" for author in paper["authors"])
    return (
        f'<header><a href="/models">Models</a></header><main><div><a href="/papers">Papers</a></div>'
        f"<div>arxiv:{paper['id']}</div><h1>{html.escape(paper['title'])}</h1><div>Published on May 3</div>"
        f'<div>· Submitted by <a href="/x">somebody</a> on May 8</div><button>Upvote <div>{paper["upvotes"]}</div>'
        f"</button><div>Authors: {names}</div><div><h2>Abstract</h2><p>{html.escape(paper['summary'])}</p></div>"
        f'<a href="https://arxiv.org/abs/{paper["id"]}">View arXiv page</a><h3>Community</h3>'
        "<p>A comment that goes on for a while about nothing at all.</p><h2>Models citing this paper 0</h2></main>"
    )


def trending_text(items: Sequence[Item]) -> str:
    """What a page of trending papers shows."""
    return "<h1>Trending Papers</h1>" + "".join(
        f'<article><a href="https://huggingface.co/papers/{each["paper"]["id"]}"><h3>{each["paper"]["title"]}</h3></a>'
        f'<p>{each["paper"]["summary"]}</p><div><a href="https://huggingface.co/soup">University of Soup</a> · '
        f"<span>Published on May 3, 2026</span></div><div><span>Upvote</span> <span>{each['paper']['upvotes']}</span>"
        '</div><a href="https://github.com/a/b">GitHub 11.3k</a></article>'
        for each in items
    )


def page(body: str, head: str = "") -> str:
    """A page around that."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Daily Papers - Hugging Face</title>'
        f"<style>p {{ color: red }}</style>{head}</head>\n<body>{body}\n"
        '<script>window.props = "<div data-props=\\"{}\\">";</script></body></html>\n'
    )


def listing(items: Sequence[Item] = ITEMS, **props: object) -> str:
    """A listing page as it comes from the server."""
    data = {"dailyPapers": list(items), "dateString": "2026-05-08", "periodType": "daily", **props}
    return page(element("MainHeader", {"user": None}) + element("DailyPapers", data, listing_text(items)))


def paper_page(found: Item) -> str:
    """The page of one paper."""
    data = {"paper": found["paper"], "comments": [{"id": "c"}], "upvoters": []}
    return page(element("PaperContent", data, "<p>x</p>"))


def mail(text: str, encoding: str = "quoted-printable") -> str:
    """A page as a browser saves it with all its parts."""
    body = quopri.encodestring(text.encode()).decode() if encoding == "quoted-printable" else text
    return (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://huggingface.co/papers\r\n"
        "Subject: =?utf-8?Q?Daily=20Papers?=\r\nDate: Fri, 8 May 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Made--Up----"\r\n\r\n\r\n'
        "------Made--Up----\r\nContent-Type: text/html\r\nContent-ID: <x@y>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: https://huggingface.co/papers\r\n\r\n"
        f"{body}\r\n------Made--Up----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "AAAA\r\n------Made--Up------\r\n"
    )
