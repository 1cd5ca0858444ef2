"""The items of the Daily Papers service as papers: its API, its pages and its command line name the same things alike.

    {"paper": {"id": "2401.00001", "title": …, "summary": …, …}, "numComments": 3, …}      in listings and searches
    {"id": "2401.00001", "title": …, "summary": …, "linkedModels": […], …}                one paper, or a bare list
    {"id": "2401.00001", "title": …, "published_at": …, "github_repo": …, …}              `hf papers ls --format json`

Only the title must be there, and the id where there is no wrapper: any other field that is missing, null or of a wrong
type is unknown. Where two fields
contradict each other, the one inside `paper` counts: the wrapper's `publishedAt` is midnight in another time zone, and
so the day before. What is no paper comes out as `Rejected`, with its place in its list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from reader.formats.json_values import Found
from reader.formats.reading import PageNotes, Record, Rejected
from reader.paper import Paper, PartialDate, parse_arxiv_id
from reader.text import collapse, find_urls

LISTS = ("dailyPapers", "trendingPapers", "papers", "items", "results")
"""The members of an answer, or of a page's data, that hold items."""

PAPER = "paper"
"""The member that holds the paper itself, in an item and in the data of a paper's page."""

_MARKS = frozenset(
    """
    ai_keywords ai_summary discussionId discussion_id githubRepo github_repo linkedModels linked_models projectPage
    project_page publishedAt published_at submittedOnDailyAt submitted_at thumbnailUrl upvotes
    """.split()  # noqa: SIM905 - a list of names reads better without quotation marks
)
_OF_OTHERS = frozenset({"abstract", "arxiv_id", "key"})
_PAGE = "https://huggingface.co/papers/"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST = 10**9
_EXCERPT = 200

Members = Mapping[str, object]


class _NotAPaper(Exception):
    """Why an item is no paper."""


def is_item(value: object) -> bool:
    """Whether a value can be nothing but an item of the service."""
    if not isinstance(value, dict):
        return False
    inner = value.get(PAPER)
    if isinstance(inner, dict):
        return "id" in inner or "title" in inner
    if not isinstance(value.get("id"), str) or _OF_OTHERS & value.keys() or _is_other(value):
        return False
    return bool(_MARKS & value.keys()) or ("title" in value and parse_arxiv_id(_text(value["id"])) is not None)


def entries(value: object) -> list[object]:
    """The items in an answer or in a page's data; a value that holds none is one itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or isinstance(value.get(PAPER), dict):
        return [value]
    for holder in (value, value.get("collection")):
        if isinstance(holder, dict):
            for name in LISTS:
                if isinstance(found := holder.get(name), list):
                    return found
    return [value]


def records(values: Iterable[Found], notes: PageNotes) -> Iterator[Record]:
    """The papers of what was found, and what is none, in order; what the page says of its day is noted."""
    for found in values:
        if found.damage:
            yield Rejected(found.line, f"{_place(found.number)} {found.damage}", found.text)
            continue
        if isinstance(found.value, dict):
            notes.dated(_day(found.value.get("dateString")))
        listed = entries(found.value)
        alone = not found.number and len(listed) == 1 and listed[0] is found.value
        for number, entry in enumerate(listed, found.number or int(not alone)):
            if isinstance(entry, dict) and _is_other(entry):
                continue  # a collection holds models and datasets, too
            try:
                paper = _paper(entry)
            except _NotAPaper as why:
                yield Rejected(found.line, f"{_place(number)} {why}", _excerpt(entry))
                continue
            notes.published(paper.published)
            notes.listed(_listed_on(entry))
            yield paper


def _place(number: int) -> str:
    return f"item {number:,}" if number else "the item"


def _is_other(entry: Members) -> bool:
    return entry.get("type", PAPER) != PAPER


def _paper(entry: object) -> Paper:
    if not isinstance(entry, dict):
        raise _NotAPaper("is no JSON object")
    paper, wrapper = _parts(entry)
    if isinstance(paper.get("id"), int | float):
        raise _NotAPaper("has a number as its id, which loses the zeros of an arXiv id")
    if paper is wrapper and "id" not in paper:
        raise _NotAPaper("is no paper: it has neither an id nor a paper in it")
    title = _text(paper.get("title")) or _text(wrapper.get("title"))
    if not title:
        raise _NotAPaper("has no title")
    abstract = _text(paper.get("summary")) or _text(wrapper.get("summary")) or None
    arxiv_id, version = parse_arxiv_id(_text(paper.get("id"))) or (None, None)
    authors, author_count = _authors(paper.get("authors"))
    return Paper(
        title=title,
        abstract=abstract,
        authors=authors,
        author_count=author_count,
        published=_day(_either(paper, "publishedAt", "published_at")),
        comments=_count(_either(wrapper, "numComments", "comments")),
        upvotes=_count(paper.get("upvotes")),
        arxiv_id=arxiv_id,
        arxiv_version=version,
        url=f"{_PAGE}{arxiv_id}" if arxiv_id else None,
        links=_links(paper, abstract),
        summary=_text(paper.get("ai_summary")) or None,
        keywords=_words(paper.get("ai_keywords")),
        organization=_organization(paper.get("organization")) or _organization(wrapper.get("organization")),
    )


def _parts(entry: Members) -> tuple[Members, Members]:
    """The paper of an item and what stands around it, which is the same where there is no wrapper."""
    inner = entry.get(PAPER)
    return (inner if isinstance(inner, dict) else entry), entry


def _listed_on(entry: object) -> PartialDate | None:
    """The day on which the service listed an item, which its command line does not tell."""
    if not isinstance(entry, dict):
        return None
    paper, wrapper = _parts(entry)
    return _day(paper.get("submittedOnDailyAt")) or _day(wrapper.get("submittedOnDailyAt"))


def _either(members: Members, name: str, other: str) -> object:
    return members[name] if name in members else members.get(other)


def _text(value: object) -> str:
    return collapse(_SURROGATE.sub("\ufffd", value)) if isinstance(value, str) else ""


def _words(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(dict.fromkeys(word for each in value if (word := _text(each))))


def _authors(value: object) -> tuple[tuple[str, ...] | None, int | None]:
    """The names, if every one is there, and how many there are."""
    if not isinstance(value, list) or not value:
        return None, None
    names = tuple(_text(each.get("name") if isinstance(each, dict) else each) for each in value)
    return (names if all(names) else None), len(names)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST else None


def _day(value: object) -> PartialDate | None:
    """The day of a point in time such as "2026-05-08T10:01:31.399Z"."""
    text = value[:10] if isinstance(value, str) else ""
    try:
        return PartialDate.of(date.fromisoformat(text)) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _links(paper: Members, abstract: str | None) -> tuple[str, ...] | None:
    """The repository, the project's page, then the addresses in the abstract, each once."""
    told = [_text(_either(paper, *names)) for names in (("githubRepo", "github_repo"), ("projectPage", "project_page"))]
    known = [url for url in told if url.lower().startswith(("https://", "http://")) and " " not in url]
    if abstract is None and not known:
        return None
    return tuple(dict.fromkeys([*known, *find_urls(abstract or "")]))


def _organization(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    return _text(value.get("fullname")) or _text(value.get("name")) or None


def _excerpt(entry: object) -> str:
    """What an item says, its id in front, so that what was lost can be found again."""
    if isinstance(entry, dict):
        paper, _ = _parts(entry)
        entry = {"id": paper.get("id"), **entry}
    try:
        return json.dumps(entry, ensure_ascii=False)[:_EXCERPT]
    except RecursionError:  # what could just be read may be nested too deeply to be written
        return ""
