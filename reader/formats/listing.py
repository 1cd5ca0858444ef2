"""The words a listing page is made of, whatever its layout: header, navigation, submitters, dates, author counts.

Every function here looks at one line or one short paragraph and answers at once; none raises on any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from reader.formats.lines import Line
from reader.formats.pairing import Address, Mark, Meta, Votes, beyond_doubt, once, reads_as_pair
from reader.formats.reading import PageNotes, Record
from reader.paper import Paper, PartialDate, parse_arxiv_id
from reader.text import collapse

SUBSCRIBE = "Subscribe"

_INVITATION = "get trending papers in your email inbox"
_HEADER = frozenset(
    {
        f"{_INVITATION}!",
        f"{_INVITATION} once a day!",
        "byak and the research community",
        "by ak and the research community",
    }
)
_BY_AK = re.compile(r"by ?(?:!?\[[^\[\]]{0,40}\] ?)*ak(?:\[[0-9]{1,6}\])? and the research(?: community)?")
_NAVIGATION = _HEADER | {
    "new",
    "subscribe",
    "daily papers",
    "daily",
    "weekly",
    "monthly",
    "trending papers",
    "trending",
    "submit",
    "upvote",
    "hugging face",
    "models",
    "datasets",
    "spaces",
    "buckets",
    "community",
    "docs",
    "enterprise",
    "pricing",
    "log in",
    "sign up",
    "previous",
    "next",
    "system theme",
    "company",
    "tos",
    "privacy",
    "about",
    "careers",
    "website",
    "inference",
}
_FURNITURE = _NAVIGATION | {
    "add to collection",
    "ak",
    "all models",
    "and the research community",
    "arxiv",
    "arxiv page",
    "back to arxiv",
    "blog",
    "buckets new",
    "by",
    "collections",
    "copy markdown",
    "copy page",
    "daily papers - hugging face",
    "discord",
    "forum",
    "github",
    "hf.co",
    "hidden links",
    "hub",
    "hugging face pro",
    "hugging face's logo hugging face",
    "huggingchat",
    "huggingface",
    "inference endpoints",
    "inference providers",
    "jobs",
    "join",
    "languages",
    "learn",
    "load more",
    "organizations",
    "papers",
    "paper",
    "posts",
    "project page",
    "public",
    "references",
    "resources",
    "share",
    "show more",
    "sign in",
    "skip to content",
    "solutions",
    "storage buckets",
    "tasks",
    "team & enterprise",
    "terms of service",
    "trending papers - hugging face",
    "trending papers ranked by github stars activity",
    "view arxiv page",
    "view pdf",
    "visible links",
}
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in (*_NAVIGATION, "submitted by"))
_LONGEST_NAVIGATION = 80
_PREAMBLE_LINES = 200
_LONGEST_NAME = 60
_LONGEST_META = 80

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = {name: number for number, full in enumerate(_MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}
_DATE = re.compile(
    r"(?:Published on )?([A-Za-z]{3,9})\.? (?!(?:19|20)[0-9]{2}$)(3[01]|[0-2]?[0-9]|[0-9]{2}(?![0-9]))"
    r"(?:, ?([0-9]{4}))?(?: ?([0-9]{1,9}))?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"week [0-9]{1,2}(?:,? [0-9]{4})?|[0-9]{4}-w[0-9]{2}|(?:[a-z]{3,9}\.? )(?:19|20)[0-9]{2}"
    r"|[a-z]{3,9}\.? [0-9]{1,2} ?[-–—] ?(?:[a-z]{3,9}\.? )?[0-9]{1,2}(?:,? [0-9]{4})?",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"(?:[-*] ?)?([0-9]{1,9}) authors?", re.IGNORECASE)
_AUTHORS_LINE = re.compile(r"\s*[•*] *[0-9]{1,9} authors?\s*", re.IGNORECASE)
_MAY_BE_FACT = re.compile(r"[0-9•·]|^\s+$")
_FACT_LINES = 6
_VOTES = re.compile(r"(?:\[-\] ?)?([0-9]{1,9})|-|[0-9]{1,6}(?:\.[0-9]+)?k", re.IGNORECASE)
_UPVOTES = re.compile(r"upvotes?(?: ?([0-9]{1,9})(?: ?\+ ?[0-9]{1,9})?| ?[0-9]{1,6}\.[0-9]+k| ?-)?", re.IGNORECASE)
_STARS = re.compile(
    r"(?:LINK: ?)?(?:View )?(?:on )?(?:GitHub|Code)(?:[: ]? ?[0-9][0-9.,]{0,9}[km]?)?(?: auto)?"
    r"(?: ?(?:Project|arXiv) Page){0,2}"
    r"|(?:View )?(?:arXiv|Project) Page(?: (?:arXiv|Project) Page)?(?: GitHub)?",
    re.IGNORECASE,
)
_VOTES_AND_STARS = re.compile(
    r"(?:upvotes? ?)?(?:([0-9]{1,6})|-|[0-9]{1,6}\.[0-9]+k) ?((?:GitHub|arXiv|Project).{0,80})", re.IGNORECASE
)
_SUBMITTER = re.compile(
    r"[·• ]*submitted by +[^\s,]+(?: [^\s,]+){0,3}?(?: on [a-z]{3,9}\.? [0-9]{1,2}(?:, ?[0-9]{4})?)?", re.IGNORECASE
)
_BRACKETS = re.compile(r"\[(?:[0-9]{0,6}\])?|\]")
_NOISE = re.compile(
    r"!?\[[^\[\]]{0,200}\]|Image(?: [0-9]{1,5}(?:: .{0,80})?)?|\+ ?[0-9]{1,5}|[^\w.?!-]{1,3}|```\w{0,20}|\* \*"
    r"|.{0,80}_{8,}|[─-╿]{2,}|\(BUTTON\)"
)
_MENU_WORD = (
    r"(?:\(BUTTON\) ?|\[[0-9]{1,6}\] ?)?(?:TOS|Privacy|About|Careers|Models|Datasets|Spaces|Pricing|Docs|Enterprise"
    r"|Storage|Buckets(?: ?new)?|Daily|Weekly|Monthly|Log ?In|Sign ?Up|Previous|Next|Company|Website|System theme"
    r"|Community|Posts|Hugging Face(?:'s logo ?Hugging Face)?|Trending Papers|Solutions)"
)
_MENU = re.compile(f"{_MENU_WORD}{{2}}|(?:{_MENU_WORD} {{0,2}}){{3,40}}")
_MARKDOWN_LINK = re.compile(r"(?:#+ |- )?!?\[.*\]\(https?://", re.IGNORECASE)
_NOT_A_TITLE = ("#", "|", "-", "*", ">", "```", "<", "{", "//", "import ", "def ", "class ")


def is_literal(text: str) -> bool:
    """Whether a line is surely no navigation, submitter or author count: a test so cheap that it is made first."""
    if len(text) > 2 * _LONGEST_META:
        return True
    first = next(iter(text.split(None, 1)), "")
    word = first.lstrip("\ufeff-*•+")
    return bool(word) and first[0] not in "•*" and word.casefold() not in _FIRST_WORDS


def is_header(text: str) -> bool:
    """Whether a line stands in the header of a listing page and nowhere else."""
    if len(text) > _LONGEST_NAVIGATION:
        return False
    plain = _plain(text)
    return plain in _HEADER or (plain.endswith((" research", "community")) and _BY_AK.fullmatch(plain) is not None)


def is_navigation(text: str) -> bool:
    """Whether a line is one of the words around the papers of a listing page."""
    return len(text) <= _LONGEST_NAVIGATION and _plain(text).lstrip("-*•+ ") in _NAVIGATION


def is_furniture(text: str) -> bool:
    """Whether a line is a word of the whole site's frame: menus, footers and buttons too."""
    if len(text) > _LONGEST_NAVIGATION:
        return _is_menu(text)
    return _plain(text).removeprefix("(button) ").rstrip(":") in _FURNITURE or _is_menu(text)


def _is_menu(text: str) -> bool:
    """Whether a line is several words of the site's menus, which some copies glue to one another."""
    return len(text) <= 4 * _LONGEST_NAVIGATION and _MENU.fullmatch(text) is not None


def is_noise(text: str) -> bool:
    """Whether a line says nothing: a picture's description in brackets, a stray bullet, the fence of a block."""
    return _NOISE.fullmatch(text[: 4 * _LONGEST_NAVIGATION]) is not None


def is_trending(text: str) -> bool:
    """Whether a heading says that the page is one of trending papers."""
    return len(text) <= _LONGEST_NAVIGATION and _plain(text).startswith("trending papers")


def is_subscribe(text: str) -> bool:
    """Whether a line is the button that ends the header."""
    return len(text) <= _LONGEST_NAVIGATION and _plain(text) == "subscribe"


def is_period(text: str) -> bool:
    """Whether a line of the header is the week or the month of the page: "Week 40", "Sep 28 - Oct 4", "May 2026"."""
    return len(text) <= _LONGEST_NAVIGATION and _PERIOD.fullmatch(text.strip()) is not None


def names_submitter(text: str) -> bool:
    """Whether a line says "Submitted by somebody"."""
    return len(text) <= _LONGEST_NAME and len(words := text.split()) == 3 and _begins_submitter(words)


def announces_submitter(text: str) -> bool:
    """Whether a line says "Submitted by", so that the name is the next line."""
    return len(text) <= _LONGEST_NAVIGATION and len(words := text.split()) == 2 and _begins_submitter(words)


def may_be_name(text: str) -> bool:
    """Whether the line after "Submitted by" can be the submitter."""
    return len(text) <= _LONGEST_NAME and not (announces_submitter(text) or is_header(text))


def parse_date(text: str) -> Meta | None:
    """A day as listings print it, and the comment count that may follow: "Aug 30, 2021", "Feb 23", "Oct 8 3".

    Some copies glue the count to the date: "Aug 30, 20213". The day is then as long as a day can be.
    `None` where the text is nothing of the kind; a day no calendar has is read and stays unknown.
    """
    match = _DATE.fullmatch(text) if len(text) <= _LONGEST_META else None
    month = _MONTH.get(match[1].lower()) if match else None
    if match is None or month is None:
        return None
    try:
        day = PartialDate(int(match[3]) if match[3] else None, month, int(match[2]))
    except ValueError:
        day = None
    return Meta(published=day, comments=int(match[4]) if match[4] else None)


def parse_meta(lines: Sequence[str]) -> Meta | None:
    """What stands under an abstract: author count or organisation, bullets, date, comment count.

    `None` where the lines are anything else.
    """
    if sum(map(len, lines)) > 2 * _LONGEST_META:
        return None
    if not any(map(_MAY_BE_FACT.search, lines)) and any(lines):
        return None
    return _parse_meta(tuple(lines))


@lru_cache(maxsize=4096)
def _parse_meta(lines: tuple[str, ...]) -> Meta | None:
    parts = [collapse(part) for line in lines for part in re.split("[•·]", line)]
    parts = [part for part in parts if part]
    if not parts:
        return Meta()
    meta = _join_parts(parts)
    if meta is None and len(lines) > 2 and lines[1].strip() == "·":
        meta = _join_parts(parts[1:])
        if meta is not None and meta.published is not None and meta.author_count is None:
            return Meta(None, meta.published, meta.comments, once(parts[0]))
        return None
    return meta


def parse_byline(text: str) -> Meta | None:
    """Who wrote it and when, in one line: "University of Soup · Published on Oct 4, 2026"."""
    who, dot, when = text.rpartition("·") if len(text) <= 2 * _LONGEST_META else ("", "", "")
    meta = parse_meta([when]) if dot else None
    if meta is None or meta.published is None or not who.strip(" ·•") or len(who) > _LONGEST_META:
        return None
    return meta._replace(organization=once(collapse(who.strip(" ·•"))))


def facts_begin(lines: Sequence[str]) -> int:
    """Where in a paragraph the facts under its text begin: at a bullet and an author count, or at its end."""
    for place in range(max(1, len(lines) - _FACT_LINES), len(lines)):
        if _AUTHORS_LINE.fullmatch(lines[place][:_LONGEST_META]) and parse_meta(lines[place:]) is not None:
            return place
    return len(lines)


def parse_votes(text: str) -> Votes | None:
    """A number or a dash of its own; a rounded number ("11.3k") is recognised but not known."""
    match = _VOTES.fullmatch(text) if len(text) <= _LONGEST_META else None
    return Votes(int(match[1]) if match[1] else None) if match else None


def parse_upvotes(text: str) -> Votes | None:
    """The votes of the card it stands in: "Upvote", the number perhaps on the next line, "Upvote 149"."""
    if len(text) > _LONGEST_META:
        return None
    text = _BRACKETS.sub("", text) if "[" in text else text
    match = _UPVOTES.fullmatch(text) or _VOTES_AND_STARS.fullmatch(text)
    if match is None or (match.re is _VOTES_AND_STARS and not _STARS.fullmatch(match[2])):
        return None
    return Votes(int(match[1]) if match[1] else None, labelled=True)


def parse_mark(line: int, text: str) -> Mark | None:
    """What stands under the papers of a trending page alone: "GitHub 110k", "arXiv Page"."""
    if len(text) > _LONGEST_META:
        return None
    return Mark(line) if _STARS.fullmatch(_BRACKETS.sub("", text) if "[" in text else text) else None


def parse_address(line: int, text: str) -> Address | None:
    """A web address of its own, with the arXiv id in it if it is a paper's."""
    if text.lower().startswith(("arxiv.org/", "huggingface.co/papers/")):
        text = f"https://{text}"
    if " " in text or not text.lower().startswith(("http://", "https://")):
        return None
    found = parse_arxiv_id(text)
    return Address(line, text, *(found or (None, None)))


def after_preamble(lines: Iterator[Line], notes: PageNotes) -> Iterator[Line]:
    """The lines from the header of the page on, or all of them where it does not begin with one.

    Saved pages hold navigation before the header; it is given up as soon as a line is longer than any of that.
    """
    skipped: list[Line] = []
    for line in lines:
        skipped.append(line)
        if is_header(line.text):
            notes.header = True
            notes.submitters += sum(announces_submitter(each.text) for each in skipped)
            return chain([line], lines)
        if len(line.text) > _LONGEST_NAVIGATION or len(skipped) > _PREAMBLE_LINES:
            break
    return chain(skipped, lines)


def score(records: Sequence[Record], notes: PageNotes) -> float:
    """How far a trial reading looks like a listing page, from 0 to 0.9; below 0.4 it does not.

    The header of the page is enough. Without it, author counts must tell, or several records beyond doubt.
    """
    papers = [record for record in records if isinstance(record, Paper)]
    if not papers:
        return 0.4 if notes.header or (notes.submitters and not records) else 0.0
    invented = sum(_is_invented(paper, notes) for paper in papers)
    if 5 * max(invented, sum(map(_is_markdown, papers))) >= len(papers) and not (
        notes.subscribe_glued and invented == 1
    ):
        return 0.0
    well_paired = sum(reads_as_pair(paper.title, paper.abstract or "") for paper in papers) / len(records)
    if notes.header:
        return 0.5 + 0.4 * well_paired
    counted = sum(paper.author_count is not None for paper in papers)
    sure = sum(_is_beyond_doubt(paper) for paper in papers)
    if 2 * counted >= len(papers) or (sure >= 3 and 5 * sure >= 4 * len(records)):
        return 0.4 + 0.4 * well_paired
    return 0.0


def _plain(text: str) -> str:
    plain = text.strip("\ufeff \t").casefold()
    return collapse(plain) if "  " in plain or not plain.isprintable() else plain


def is_submitter_line(text: str) -> bool:
    """Whether a line says who submitted a paper, and perhaps when: "· Submitted by somebody on Oct 5, 2023"."""
    return len(text) <= _LONGEST_NAVIGATION and _SUBMITTER.fullmatch(text) is not None


def _begins_submitter(words: list[str]) -> bool:
    return words[0].casefold() == "submitted" and words[1].casefold() == "by"


def _join_parts(parts: Sequence[str]) -> Meta | None:
    """One meaning for all parts, `None` where one of them is none of a card's."""
    meta = Meta()
    for part in parts:
        authors = _AUTHORS.fullmatch(part)
        if authors and meta.author_count is None:
            meta = Meta(int(authors[1]), meta.published, meta.comments)
        elif meta.published is None and (day := parse_date(part)) is not None:
            meta = Meta(meta.author_count, day.published, day.comments)
        elif meta.published is not None and meta.comments is None and part.isdecimal() and len(part) < 10:
            meta = Meta(meta.author_count, meta.published, int(part))
        else:
            return None
    return meta


def _is_markdown(paper: Paper) -> bool:
    return any(_MARKDOWN_LINK.match(text[:1000]) for text in (paper.title, paper.abstract or ""))


def _is_invented(paper: Paper, notes: PageNotes) -> bool:
    """Whether a title is a piece of a page's frame, so that the layout must be another one."""
    title = paper.title
    if parse_meta([title]) is not None:
        return True
    return not notes.subscribe_glued and (is_navigation(title) or parse_votes(title) is not None)


def _is_beyond_doubt(paper: Paper) -> bool:
    title = paper.title
    return (
        beyond_doubt(title, paper.abstract or "")
        and not title.lower().startswith(_NOT_A_TITLE)
        and len(title.split()) > 1
    )
