"""One renderer for each way a page is saved: made-up papers in, the text of a browser or a converter out."""

from __future__ import annotations

import html
import json
import random
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reader.paper import Paper, PartialDate
from reader.text import find_urls

SITE = "https://huggingface.co"
INVITATION = "Get trending papers in your email inbox"
HEADER = ("new", f"{INVITATION} once a day!", f"{INVITATION}!")
MENU = ("Models", "Datasets", "Spaces", "Buckets new", "Docs", "Enterprise", "Pricing", "Log In", "Sign Up")


@dataclass(frozen=True)
class Card:
    """What a card of a made-up paper prints; an organisation stands in the place of the author count."""

    title: str
    abstract: str
    arxiv_id: str
    author_count: int | None = None
    organization: str | None = None
    published: PartialDate | None = None
    comments: int | None = None
    upvotes: int | None = None

    @property
    def url(self) -> str:
        return f"{SITE}/papers/{self.arxiv_id}"

    @property
    def login(self) -> str:
        return f"{SITE}/login?next=%2Fpapers%2F{self.arxiv_id}"

    @property
    def votes(self) -> str:
        return "-" if self.upvotes is None else str(self.upvotes)

    @property
    def day(self) -> str:
        return "" if self.published is None else self.published.in_words()

    def paper(self, *, linked: bool = True, summary: bool = False) -> Paper:
        """The paper that reading the card is to give."""
        return Paper(
            title=self.title,
            abstract=None if summary else self.abstract,
            summary=self.abstract if summary else None,
            links=None if summary else find_urls(self.abstract),
            author_count=self.author_count,
            organization=self.organization,
            published=self.published,
            comments=self.comments,
            upvotes=self.upvotes,
            arxiv_id=self.arxiv_id if linked else None,
            url=self.url if linked else None,
        )


Renderer = Callable[[Sequence[Card], random.Random], str]


def wrapped(text: str, width: int, start: str = "") -> str:
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False, initial_indent=start))


def firecrawl(cards: Sequence[Card], chance: random.Random) -> str:
    """Firecrawl: a link on every title and abstract; a line break in either is a backslash or two."""
    parts = [
        *HEADER,
        f"[Subscribe]({SITE}/login?next=%2Fpapers)",
        "# Daily Papers",
        f"## by [![]({SITE}/front/assets/papers-by.png)AK]({SITE}/akhaliq) and the research community",
        "- Daily\n- Weekly\n- Monthly",
        f"[Trending Papers]({SITE}/papers/trending)",
        "Oct 2",
    ]
    for card in cards:
        abstract = "\\\\\n".join(textwrap.wrap(card.abstract, 70)) if chance.random() < 0.5 else card.abstract
        title = card.title.replace(" ", "\\  ", 1) if chance.random() < 0.3 else card.title
        parts += [f"[{card.votes}]({card.login})", f"### [{title}]({card.url})", f"[{abstract}]({card.url})"]
        faces = [f"- ![](https://cdn.example.org/{n}.png)\\\\\n" for n in range(chance.randint(0, 2))]
        if card.author_count is not None:
            parts.append(f"[{''.join(faces)}- {card.author_count} authors]({card.url})")
        if card.organization is not None:
            parts.append(f"[![x](https://cdn.example.org/o.png){card.organization}]({SITE}/some-org)")
        if card.published is not None:
            comments = "" if card.comments is None else f"[{card.comments}]({card.url}#community)"
            parts += ["·", f"{card.day}{comments}"]
    return "\n\n".join([*parts, f"[Previous]({SITE}/papers/date/2026-10-01)"]) + "\n"


def references(cards: Sequence[Card], chance: random.Random, *, listed: bool = True) -> str:
    """Numbered references, hard-wrapped paragraphs, links opened and closed on lines of their own."""
    urls: list[str] = []

    def link(url: str) -> str:
        urls.append(url)
        return f"][{len(urls)}]"

    lines = [f"[[The logo] Hugging Face{link(SITE)}"]
    lines += [f"* [ {word} {link(f'{SITE}/{n}')}" for n, word in enumerate(MENU)]
    lines += ["* * Website", "    * [ Tasks" + link(f"{SITE}/tasks")]
    lines += ["\n\n".join(HEADER), "", f"[Subscribe{link(SITE + '/login')}", "", "# Daily Papers", ""]
    lines += [
        f"## by[AK{link(SITE + '/akhaliq')} and the research community",
        "* Daily\n* Weekly\n* Monthly",
        "",
        "Jun 29",
    ]
    for card in cards:
        lines += ["[", card.votes, link(card.login), "", f"### [{card.title}{link(card.url)}", "", "[", ""]
        lines += [wrapped(card.abstract, chance.choice([72, 80, 120])), "", link(card.url)]
        if card.author_count is not None:
            lines += ["[", f"* {card.author_count} authors", link(card.url)]
        if card.organization is not None:
            lines.append(f"[[some-org] {card.organization}{link(SITE + '/some-org')}")
        if card.published is not None:
            comments = "" if card.comments is None else f" [ {card.comments}{link(card.url + '#community')}"
            lines += ["·", card.day + comments]
    if listed:
        lines += ["", *(f"[{n}]: {url}" for n, url in enumerate(urls, 1))]
    return "\n".join(lines)


def unlisted(cards: Sequence[Card], chance: random.Random) -> str:
    return references(cards, chance, listed=False)


def lynx(cards: Sequence[Card], chance: random.Random) -> str:
    """`lynx -dump`: numbers before the text of links, indented, all addresses at the end."""
    urls: list[str] = []

    def link(url: str) -> str:
        urls.append(url)
        return f"[{len(urls)}]"

    lines = [f"   {link(SITE)}Hugging Face", ""]
    lines += [f"     * {link(f'{SITE}/{n}')}{word}" for n, word in enumerate(MENU)]
    lines += ["", *(f"   {line}\n" for line in HEADER), f"   {link(SITE + '/login')}Subscribe", "", "Daily Papers", ""]
    lines += [f"  by {link(SITE + '/akhaliq')}AK and the research community", "", "     * Daily", "     * Weekly", ""]
    lines += ["   Oct 2"]
    for card in cards:
        lines += ["", f"   {link(card.login)}{card.votes}", ""]
        lines += [textwrap.indent(wrapped(f"{link(card.url)}{card.title}", 72), "   ").replace("   ", "", 1), ""]
        lines += [textwrap.indent(wrapped(f"{link(card.url)}{card.abstract}", chance.choice([70, 76])), "   "), ""]
        if card.author_count is not None:
            lines += [f"     * {link(card.url)}{card.author_count} authors"]
        if card.organization is not None:
            lines += [f"   {link(SITE + '/some-org')}{card.organization}"]
        if card.published is not None:
            comments = "" if card.comments is None else f"{link(card.url + '#community')}{card.comments}"
            lines += ["", "   ·", "", f"   {card.day}{comments}"]
    lines += ["", "References", "", *(f"  {n:2}. {url}" for n, url in enumerate(urls, 1))]
    return "\n".join(lines)


def addressed(cards: Sequence[Card], chance: random.Random) -> str:
    """A text export: the address of every link in a paragraph of its own after it."""
    parts = ['---\ntitle: "Daily Papers - Hugging Face"\nurl: https://huggingface.co/papers?q=soup\n---']
    parts += ["# Daily Papers - Hugging Face\nDaily Papers - Hugging Face", " Hugging Face", SITE + "/"]
    parts += [part for word in MENU for part in (word, f"{SITE}/{word.lower().replace(' ', '-')}")]
    parts += [*HEADER, "Subscribe", f"{SITE}/login?next=%2Fpapers", "Daily Papers", "by ", "AK", f"{SITE}/akhaliq"]
    parts += [" and the research community", "Soup tureens", "Daily", "Weekly", "Monthly ", f"{SITE}/papers/trending"]
    parts += [" ", f"{SITE}/papers/date/2026-03-24", "Mar 25"]
    for card in cards:
        parts += [f" [-] {card.votes}", card.login, card.title, card.url, card.abstract, card.url]
        if card.author_count is not None:
            parts.append(f"[\n\n{card.author_count} authors]({card.url})")
        if card.organization is not None:
            parts += [" ", card.url, f" {card.organization}", f"{SITE}/some-org"]
        if card.published is not None:
            parts += ["·", f"{card.day} "]
            parts += [] if card.comments is None else [str(card.comments), f"{card.url}#community"]
    parts += [
        "Previous",
        f"{SITE}/papers/date/2026-03-24",
        "System theme",
        "Company",
        "TOS",
        f"{SITE}/terms-of-service",
    ]
    return "\n\n".join([*parts, "Trending Papers ranked by GitHub stars activity"]) + chance.choice(["", "\n"])


def trending_markdown(cards: Sequence[Card], chance: random.Random) -> str:
    """A trending page as Markdown, every card twice, descriptions of pictures in another language."""
    parts = [*HEADER, f"[Subscribe]({SITE}/login?next=%2Fpapers)", '<a id="section-1"></a>', "# Trending Papers"]
    parts += [f"## by[[图片：无替代文本] AK]({SITE}/akhaliq) and the research community", "-", "-", "Trending Papers"]
    for card in cards:
        for words in ("Published on ", ""):
            title = card.title.replace(" ", "\n", 1) if len(card.title) > 30 else card.title
            parts += [
                f"[[图片：无替代文本]]({card.url})",
                f'<a id="section-{card.arxiv_id}"></a>',
                f"### [{title}]({card.url})",
            ]
            parts.insert(-2, "Submitted by\n\n[图片：无替代文本]\n\nsomebody") if chance.random() < 0.5 else None
            parts.append(card.abstract)
            day = f"· {words}{card.day}"
            if card.organization is not None:
                parts.append(f"[[图片：some] {card.organization}]({SITE}/some-org) {day if card.published else ''}")
            if card.author_count is not None:
                parts += ["-", "-", "- [图片：无替代文本]", f"- {card.author_count} authors"]
            if card.organization is None and card.published is not None:
                parts.append(day)
            if card.upvotes is not None:
                parts.append(f"[Upvote\n\n{card.upvotes}]({card.login})")
            stars = chance.choice(["131", "110k", "3.29k"])
            parts.append(
                f"[GitHub {stars}](https://github.com/a/b) [arXiv Page](https://arxiv.org/abs/{card.arxiv_id})"
            )
    return "\n\n\n".join(parts)


def trending_links(cards: Sequence[Card], chance: random.Random) -> str:
    """A trending page by a crawler that keeps headings and few links, every card twice."""
    parts = [f"# What is it?\n**URL:** https://example.org\n**Page Title:** Trending Papers\n{'-' * 20}"]
    parts += ["\n".join(HEADER[1:]), "## Trending Papers", "## by AK and the research community"]
    for card in cards:
        for _ in range(2):
            under = [card.abstract if chance.random() < 0.5 else wrapped(card.abstract, 80)]
            under += [] if card.author_count is None else [f"- {card.author_count} authors"]
            parts += [f"### {card.title}", "\n".join([*under, "[LINK: GitHub 11.3k](https://github.com/a/b)"])]
    return "\n\n".join(parts)


def trending_text(cards: Sequence[Card], chance: random.Random) -> str:
    """A trending page selected and copied, every card twice."""
    parts = [*HEADER, "Subscribe", "Trending Papers", "byAK and the research community"]
    for card in cards:
        for words in ("Published on ", ""):
            parts += ["Submitted by", "somebody"] if chance.random() < 0.5 else []
            parts += [card.title, card.abstract]
            parts += [] if card.author_count is None else [f"{card.author_count} authors"]
            parts += [] if card.organization is None else [card.organization]
            parts += [] if card.published is None else [f"· {words}{card.day}"]
            parts += ["Upvote", card.votes, "GitHub 1.54k", "arXiv Page"]
    return "\n\n".join(parts)


def html2text(cards: Sequence[Card], chance: random.Random) -> str:
    """html2text: relative addresses, wrapped texts, lists with stars."""
    parts = ["new", "Get trending papers in your email inbox!", "[Subscribe](/login?next=%2Fpapers)", "#  Daily Papers"]
    parts += ["by[AK](/akhaliq) and the research community", "  * Daily\n  * Weekly\n  * Monthly", "Oct 2"]
    for card in cards:
        address = f"/papers/{card.arxiv_id}"
        parts += [f"[ {card.votes} ](/login?next=%2Fpapers%2F{card.arxiv_id})", f"###  [{card.title}]({address})"]
        parts += [wrapped(f"[{card.abstract}", 78) + f"]({address})"]
        parts += [] if card.author_count is None else [f"[   * {card.author_count} authors ]({address})"]
        parts += [] if card.organization is None else [f"[ {card.organization} ](/some-org)"]
        if card.published is not None:
            comments = "" if card.comments is None else f" [ {card.comments} ]({address}#community)"
            parts += ["·", card.day + comments]
    return "\n\n".join(parts) + "\n" * chance.randint(0, 2)


def jina(cards: Sequence[Card], chance: random.Random) -> str:
    """The reader service: its three header lines, underlined headings, numbered pictures."""
    parts = ["Title: Daily Papers - Hugging Face", f"URL Source: {SITE}/papers", "Markdown Content:"]
    parts += [f"[![Image 1: Hugging Face's logo]({SITE}/logo.svg) Hugging Face]({SITE}/)"]
    parts += ["\n".join(f"*   [{word}]({SITE}/{n})" for n, word in enumerate(MENU)), "*   * * *", *HEADER]
    parts += [f"[Subscribe]({SITE}/login?next=%2Fpapers)", "Daily Papers\n" + "=" * 12]
    parts += [f"by [![Image 2]({SITE}/by.png)AK]({SITE}/akhaliq) and the research community\n{'-' * 60}"]
    parts += ["*   Daily\n*   Weekly\n*   Monthly", f"[Oct 1]({SITE}/papers/date/2026-10-01)", "Oct 2"]
    for card in cards:
        parts += [f"[{card.votes}]({card.login})", f"### [{card.title}]({card.url})", f"[{card.abstract}]({card.url})"]
        if card.author_count is not None:
            faces = "".join(f"*   ![Image {n}](https://cdn.example.org/{n}.png)\n" for n in range(chance.randint(0, 2)))
            parts.append(f"[{faces}*   {card.author_count} authors]({card.url})")
        if card.organization is not None:
            parts.append(f"[![Image 9](https://cdn.example.org/o.png) {card.organization}]({SITE}/some-org)")
        if card.published is not None:
            comments = "" if card.comments is None else f" [{card.comments}]({card.url}#community)"
            parts.append(f"· {card.day}{comments}")
    return "\n\n".join(parts)


def plain(cards: Sequence[Card], chance: random.Random) -> str:
    """`pandoc -t plain`, `w3m -dump` and the like: no links, wrapped paragraphs, some indentation."""
    start = chance.choice(["", "  "])
    parts = [
        *HEADER,
        "Subscribe",
        "Daily Papers",
        "by AK and the research community",
        "-   Daily\n-   Weekly\n-   Monthly",
    ]
    parts += ["Oct 2"]
    for card in cards:
        parts += [card.votes, wrapped(card.title, 72), textwrap.indent(wrapped(card.abstract, 72), start)]
        parts += [] if card.author_count is None else [f"-   {card.author_count} authors"]
        parts += [] if card.organization is None else [card.organization]
        if card.published is not None:
            parts += ["·", card.day if card.comments is None else f"{card.day} {card.comments}"]
    return "\n\n".join(parts)


def related(cards: Sequence[Card], chance: random.Random) -> str:
    """The cards of papers on a model's page."""
    parts = ["# A Model", "It answers questions about soup.", "## Papers"]
    for card in cards:
        facts = f"Paper • {card.arxiv_id} • Published {card.day} • {card.votes}"
        if chance.random() < 0.5:
            parts.append(f"[#### {card.title}\n\n{facts}](/papers/{card.arxiv_id})")
        else:
            parts += [f"{card.title}\n{facts}"]
    return "\n\n".join([*parts, "System theme", "Company"])


def saved_html(cards: Sequence[Card], chance: random.Random) -> str:
    """The saved page itself."""
    entries = [
        {
            "paper": {
                "id": card.arxiv_id,
                "title": card.title,
                "summary": card.abstract.replace(" ", "\n", 1),
                "upvotes": card.upvotes,
                "authors": [{"name": f"Ada {n}"} for n in range(card.author_count or 0)],
                "publishedAt": None if card.published is None else f"{card.published}T00:00:00.000Z",
                "organization": None if card.organization is None else {"name": "x", "fullname": card.organization},
            },
            "numComments": card.comments,
        }
        for card in cards
    ]
    props = html.escape(json.dumps({"dateString": "2026-10-02", "dailyPapers": entries}))
    gap = chance.choice(["", "\n"])
    return (
        f'<!DOCTYPE html>\n<html><body>{gap}<div data-target="MainHeader" data-props="{{}}"></div>{gap}'
        f'<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{props}"><p>x</p></div></body>'
    )


def without(cards: Sequence[Card], *names: str) -> list[Card]:
    """The cards as a layout prints them that leaves these out."""
    return [replace(card, **dict.fromkeys(names)) for card in cards]  # type: ignore[arg-type]


@dataclass(frozen=True)
class PaperPage:
    """What a single paper's page prints."""

    title: str
    abstract: str
    arxiv_id: str
    names: tuple[str, ...]
    summary: str
    published: PartialDate
    upvotes: int

    @property
    def url(self) -> str:
        return f"{SITE}/papers/{self.arxiv_id}"


_TAIL = (
    "View arXiv page",
    "View PDF",
    "Add to collection",
    "Community",
    "librarian-bot",
    "This is an automated message. These papers are similar: Another Paper Entirely.",
    "Upload images, audio, and videos by dragging in the text input, pasting, or  clicking here .",
    "· Sign up or log in to comment",
    "Upvote  1",
    "Models citing this paper 0",
    "No model linking this paper",
    "Spaces citing this paper 0",
    "Collections including this paper  4",
    "System theme",
)


def paper_copied(page: PaperPage) -> str:
    """Selected and copied, with every link's text a paragraph of its own."""
    first, _, rest = page.abstract.partition(" tureens ")
    parts = [f"Paper page - {page.title}", "Hugging Face", *MENU, "Papers", f"arxiv:{page.arxiv_id}", "Copy markdown"]
    parts += [page.title, f"Published on {page.published.in_words()}", f"Upvote  {page.upvotes}", "Authors:"]
    parts += "\n\n,\n\n".join(page.names).split("\n\n")
    parts += [
        "Abstract",
        page.summary,
        "AI-generated summary",
        wrapped(first, 80),
        "tureens",
        wrapped(rest, 80),
        *_TAIL,
    ]
    return "\n\n".join(parts)


def paper_with_commas(page: PaperPage) -> str:
    """The names lost, the commas kept."""
    commas = "\n".join("," for _ in page.names[1:])
    parts = [
        f"arxiv:{page.arxiv_id}",
        page.title,
        f"Published on {page.published.in_words()}",
        "Upvote",
        str(page.upvotes),
    ]
    return "\n\n".join([*parts, f"Authors:\n{commas}\nAbstract", page.summary, page.abstract, *_TAIL])


def paper_clipped(page: PaperPage) -> str:
    """A clipper's Markdown: front matter, headings, links within the abstract, no names."""
    front = f'---\ntitle: "Paper page - {page.title}"\nsource_url: "{page.url}"\n---'
    abstract = page.abstract.replace("tureens", f"[tureens]({SITE}/papers?q=tureens)")
    parts = [front, f"arxiv:{page.arxiv_id}", f"## {page.title}", "Authors:", "## Abstract"]
    parts += [page.summary, "AI-generated summary", abstract, "### Community", f"[somebody]({SITE}/somebody)"]
    parts += ["Paper submitter", "- [Another Paper](https://huggingface.co/papers/2409.13530) (2024)"]
    return "\n\n".join([*parts, "## Models citing this paper 5", "[Browse 5 models](https://huggingface.co/models)"])


def paper_by_jina(page: PaperPage) -> str:
    """The reader service: underlined headings, authors with pictures and links."""
    names = [
        f" ![Image {n}](https://cdn.example.org/{n}.svg) [{name}]({SITE}/u{n}) " if n % 2 else f"{name} "
        for n, name in enumerate(page.names)
    ]
    parts = [f"Title: Paper page - {page.title}", f"URL Source: {page.url}", "Markdown Content:"]
    parts += [f"Paper page - {page.title}\n===============", f"[![Image 1: logo]({SITE}/l.svg) Hugging Face]({SITE}/)"]
    parts += [f"*   [Models]({SITE}/models)\n*   [Datasets]({SITE}/datasets)\n*   * * *", f"[Papers]({SITE}/papers)"]
    parts += [f"arxiv:{page.arxiv_id}", f"{page.title}\n{'=' * len(page.title)}"]
    parts += [
        f"Published on {page.published.in_words()}",
        f"· Submitted by [![Image 2](x.png) me]({SITE}/me) on Oct 5, 2023",
    ]
    parts += [f"[#2 Paper of the day]({SITE}/papers?date=2023-10-05)", f" [Upvote {page.upvotes}]({SITE}/login?next=x)"]
    parts += [f'*   [![Image 3](https://cdn.example.org/3.png)]({SITE}/someone "someone")\n*   +25', "Authors:"]
    parts += [",\n\n".join(names), "Abstract\n--------", page.abstract]
    view = f"[View arXiv page](https://arxiv.org/abs/{page.arxiv_id}) [View PDF](https://arxiv.org/pdf/{page.arxiv_id})"
    return "\n\n".join(
        [*parts, view, "### Community", "Models citing this paper 0\n-----", "No model linking this paper"]
    )


def paper_crawled(page: PaperPage) -> str:
    """A crawler's text: the summary on the line before the wrapped abstract, neither names nor date."""
    head = f"# A Name\n**URL:** {page.url}\n**Page Title:** Paper page - {page.title}\n{'-' * 20}"
    parts = [head, f"## {page.title}", "## Abstract", f"{page.summary}\n{wrapped(page.abstract, 80)}"]
    parts[-1] += "\n[LINK: GitHub 66 auto](https://github.com/a/b)"
    return "\n\n".join([*parts, "### Community", "@ somebody wrote this", "## Models citing this paper 0"])


def paper_markdown(page: PaperPage) -> str:
    """A paper's own Markdown."""
    return (
        f"Title: {page.title}\n\nURL Source: https://arxiv.org/html/{page.arxiv_id}v2\n\n"
        "Published Time: Mon, 24 Aug 2026 21:18:04 GMT\n\nMarkdown Content:\n"
        f"{' 1, '.join(page.names)} 2\n\n1 University of Soup\n\n###### Abstract\n\n{page.abstract}\n\n"
        "## 1 Introduction\n\nSoup is old [[1](https://arxiv.org/html/2401.00001#bib.bib1)].\n\n### Abstract art\n\nNo."
    )


def trailing(cards: Sequence[Card], chance: random.Random) -> str:
    """A converter that prints the address of a link in brackets after its text."""
    left, right = chance.choice([("[", "]"), ("<", ">"), ("(", ")")])
    parts = [*HEADER, f"Subscribe {left}{SITE}/login?next=%2Fpapers{right}", "DAILY PAPERS"]
    parts += ["by AK and the research community", " * Daily\n * Weekly", "Oct 2"]
    for card in cards:
        own = f"{left}{card.url}{right}"
        parts += [
            f"{card.votes} {left}{card.login}{right}",
            f"{card.title} {own}",
            wrapped(f"{card.abstract} {own}", 80),
        ]
        parts += [] if card.author_count is None else [f" * {card.author_count} authors {own}"]
        parts += [] if card.organization is None else [f"{card.organization} {left}{SITE}/some-org{right}"]
        if card.published is not None:
            parts += ["·", card.day]
            parts += [] if card.comments is None else [f"{card.comments} {left}{card.url}#community{right}"]
    return "\n\n".join(parts)


def by_lines(cards: Sequence[Card], chance: random.Random) -> str:
    """Selected and copied in a browser that puts every piece on a line and leaves none blank."""
    lines = [
        *HEADER,
        "Subscribe",
        "Daily Papers",
        "byAK and the research community",
        "Daily",
        "Weekly",
        "Monthly",
        "Oct 2",
    ]
    for card in cards:
        lines += ["Submitted by", "somebody"] if chance.random() < 0.5 else []
        lines += [card.votes, card.title, card.abstract]
        lines += [] if card.author_count is None else [f"{chance.choice(['', '• ', '- '])}{card.author_count} authors"]
        lines += [] if card.organization is None else [card.organization]
        if card.published is not None:
            lines += ["·", card.day]
            lines += [] if card.comments is None else [str(card.comments)]
    return "\n".join(lines)


def copied(cards: Sequence[Card], chance: random.Random) -> str:
    """Selected and copied where the browser puts blank lines around titles and texts, and nowhere else."""
    parts = ["\n".join(["Hugging Face's logo Hugging Face", *MENU, "new"]), *HEADER[1:], "Subscribe", "Daily Papers"]
    parts.append("by AK and the research community\nDaily\nWeekly\nMonthly\nTrending Papers\nOct 2")
    parts[-1] += f"\n{cards[0].votes}" if cards else ""
    for card, following in zip(cards, [*cards[1:], None], strict=False):
        facts = [f"{chance.choice(['', '  • '])}{card.author_count} authors"] if card.author_count is not None else []
        facts += [] if card.organization is None else [card.organization]
        facts += [] if card.published is None else ["·", card.day]
        facts += [] if card.published is None or card.comments is None else [str(card.comments)]
        parts += [card.title, card.abstract, "\n".join([*facts, *([] if following is None else [following.votes])])]
    footer = ["Previous", "1", "Next", "System theme", "Company", "TOSPrivacyAboutCareers", "ModelsDatasetsSpaces"]
    return "\n\n".join(parts) + "\n" + "\n".join(footer)


def stripped(cards: Sequence[Card], chance: random.Random) -> str:
    """`get_text` with a line for each piece of text: texts as they were broken when written, and no blank line."""
    lines = ["Daily Papers - Hugging Face", *MENU, *HEADER, "Subscribe", "Daily Papers", "by", "AK"]
    lines += ["and the research community", "Daily", "Weekly", "Monthly", "Oct 2"]
    for card in cards:
        lines += [card.votes, card.title, *wrapped(card.abstract, chance.choice([76, 80])).split("\n")]
        lines += [] if card.author_count is None else [f"{card.author_count} authors"]
        lines += [] if card.organization is None else [card.organization]
        if card.published is not None:
            lines += ["·", card.day]
            lines += [] if card.comments is None else [str(card.comments)]
    return "\n".join([*lines, "Previous", "1", "Next", "TOS", "Privacy"])


def dumped(cards: Sequence[Card], chance: random.Random) -> str:
    """`w3m -dump` and `lynx -dump -nolist`: forms and pictures in brackets, counts glued to dates, descriptions too."""
    parts = ["Hugging Face's logoHugging Face", "\n".join(f"  • {word}" for word in MENU), "(BUTTON)", *HEADER]
    parts += ["Subscribe", "Daily Papers", "by [papers-by]AK and the research community", "soup________________"]
    parts += ["  • (BUTTON) Daily\n  • (BUTTON) Weekly\n  • (BUTTON) Monthly", "Trending Papers\n \nOct 2"]
    for card in cards:
        parts += [f"[ ]\n{card.votes}", wrapped(card.title, 300), wrapped(card.abstract, 78)]
        if card.organization is not None:
            slug = card.organization.lower()
            parts[-1] += f"\n{slug}{chance.choice(['', ' '])}{card.organization}"
        if card.author_count is not None:
            parts.append(f"  • [{chance.randint(0, 9)}]\n  •\n  • {card.author_count} authors")
        if card.published is not None:
            parts.append(
                f"·\n{card.day}{'' if card.comments is None or card.published.year is None else card.comments}"
            )
            parts[-1] += f"\n{card.comments}" if card.comments is not None and card.published.year is None else ""
    return "\n\n".join([*parts, "Previous\n\n  • 1\n\nNext", "System theme\nCompany\nTOSPrivacyAboutCareers"])


def of_a_day(cards: Sequence[Card], chance: random.Random) -> str:
    """The page of a day, copied: who submitted a paper, its votes, title and authors, and no abstract."""
    lines = [*HEADER, "Subscribe", "Daily Papers", "byAK and the research community", "Daily", "Weekly", "Oct 2"]
    for card in cards:
        lines += ["Submitted by", chance.choice(["somebody", "Ada Soup"]), card.votes, card.title]
        lines += [] if card.author_count is None else [f"{card.author_count} authors"]
        lines += [] if card.organization is None else [card.organization]
        lines += [] if card.comments is None else ["·", str(card.comments)]
    return "\n".join([*lines, "Previous", "Next", "System theme"])
