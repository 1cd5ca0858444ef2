"""The language as a whole: what the engine finds is what a plain reading of the query over plain values finds."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from reader.library import dismiss, import_text, keep, mark_read, set_note, tag
from reader.search import compiling
from reader.search.engine import Engine
from reader.search.parsing import parse
from reader.search.query import And, Filter, Identifier, Node, Not, Or, Phrase, Word
from reader.store import Store

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
WORDS = (
    "kernel",
    "wavelet",
    "quantum",
    "bayesian",
    "manifold",
    "survey",
    "graph",
    "qr",
    "x",
    "3d",
    "深層学習",
    "naïve",
)
NAMES = ("noether", "curie", "hopper")
CATEGORIES = ("cs.LG", "cs.CL", "math.ST", "stat.ML")
TAGS = ("todo", "thesis", "Deep dive")
LISTS = ("Bookmarks", "To read")


@dataclass(slots=True)
class Plain:
    """A paper as the plain reading sees it."""

    id: int
    title: list[str]
    abstract: list[str]
    authors: list[str]
    published: str
    categories: list[str]
    code: bool
    arxiv_id: str
    source: str
    tags: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    note: list[str] = field(default_factory=list)
    read: bool = False
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """A library, and the same as plain values."""

    store: Store
    papers: dict[int, Plain] = field(repr=False)
    vocabulary: frozenset[str] = field(repr=False)


def folded(word: str) -> str:
    return word.replace("ï", "i").lower()


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    chance = random.Random(7)
    with Store.open(tmp_path_factory.mktemp("language") / "library.db") as store:
        papers = dict(made(store, chance))
        curate(store, papers, chance)
        vocabulary = frozenset(
            folded(word) for p in papers.values() for words in (p.title, p.abstract, p.authors) for word in words
        )
        yield Collection(store, papers, vocabulary)


def made(store: Store, chance: random.Random) -> Iterator[tuple[int, Plain]]:
    for number in range(60):
        title = [*chance.sample(WORDS, chance.randint(1, 3)), f"z{chance.getrandbits(40):010x}"]
        abstract = chance.choices(WORDS, k=chance.randint(0, 4))
        authors = chance.sample(NAMES, chance.randint(0, 2))
        published = chance.choice(["2019", "2020-05", "2020-05-17", "2021-12-31", "2022-01-01", "--07-31"])
        categories = chance.sample(CATEGORIES, chance.randint(0, 2))
        code = chance.random() < 0.3
        arxiv_id = f"2301.{number:05}"
        line = json.dumps(
            {
                "title": " ".join(title), "abstract": " ".join(abstract) or None, "authors": authors,
                "published": published, "categories": categories, "arxiv_id": arxiv_id,
                "links": ["https://github.com/a/b"] if code else [],
            }
        )  # fmt: skip
        source = f"page {number % 3}"
        import_text(store, line + "\n" * number, name=source, now=NOW, origin="test")
        id_ = store.papers.find(arxiv_id)[0][0]
        yield id_, Plain(id_, title, abstract, authors, published, categories, code, arxiv_id, source)


def lookup(tree: Node, collection: Collection) -> set[int]:
    """The papers that answer to a tree, by looking at every one of them."""
    return {paper.id for paper in collection.papers.values() if holds(tree, paper, collection)}


def holds(node: Node, paper: Plain, collection: Collection, *, negated: bool = False) -> bool:
    match node:
        case And(nodes):
            return all(holds(each, paper, collection, negated=negated) for each in nodes)
        case Or(nodes):
            return any(holds(each, paper, collection, negated=negated) for each in nodes)
        case Not(inner):
            return not holds(inner, paper, collection, negated=True)
        case Phrase(words, where):
            wanted = [word.text for word in words]
            return any(adjacent(wanted, part, growing=words[-1].growing) for part in parts(paper, where))
        case Filter():
            return passes(node, paper)
        case Word():
            return holds_word(node, paper, collection, negated=negated)
    raise AssertionError(node)


def holds_word(word: Word, paper: Plain, collection: Collection, *, negated: bool) -> bool:
    if word.field == "note":
        return any(folded(each).startswith(word.text) for each in paper.note)
    if negated:
        return any(exactly(word.text, folded(each)) for part in parts(paper, word.field) for each in part)
    return answers(word, paper, collection, growing=word.growing)


def exactly(text: str, word: str) -> bool:
    return text == word or (not text.isascii() and text in word)


def parts(paper: Plain, where: str | None) -> list[list[str]]:
    named = {"title": paper.title, "abstract": paper.abstract, "author": paper.authors, "note": paper.note}
    return [named[where]] if where else [paper.title, paper.abstract, paper.authors]


def adjacent(wanted: list[str], part: list[str], *, growing: bool) -> bool:
    words = [folded(word) for word in part]
    *first, last = wanted
    for at in range(len(words) - len(first)):
        end = words[at + len(first)]
        if words[at : at + len(first)] == first and (end.startswith(last) if growing else end == last):
            return True
    return False


def answers(word: Word, paper: Plain, collection: Collection, *, growing: bool) -> bool:
    text, titles = word.text, [folded(each) for each in paper.title]
    known = {folded(each) for p in collection.papers.values() for each in p.title} if word.field == "title" else set()
    meant = stands_for(text, frozenset(known) or collection.vocabulary, collection.vocabulary, growing=growing)
    for part in parts(paper, word.field):
        in_title = [folded(each) for each in part] == titles and part is paper.title
        for held in map(folded, part):
            if held in meant and (in_title or len(text) >= 3 or exactly(text, held) or text not in held):
                return True
    return False


def stands_for(text: str, known: frozenset[str], vocabulary: frozenset[str], *, growing: bool) -> set[str]:
    prefix = growing or len(text) >= 3
    found = {word for word in known if word == text or (prefix and word.startswith(text))}
    if not text.isascii():
        found |= {word for word in vocabulary if text in word}
    return found or repaired(text, vocabulary, growing=growing)


def repaired(text: str, vocabulary: frozenset[str], *, growing: bool) -> set[str]:
    """The nearest words within one slip, or within two of a long word; of a growing one, beginnings too."""
    if len(text) < 2 or text.isdigit():
        return set()
    long = [word for word in vocabulary if len(word) >= 3 and not word.isdigit()]
    found = {word for word in long if OSA.distance(text, word) == 1}
    if not found and len(text) >= 6:
        found = {word for word in long if OSA.distance(text, word) == 2}
    if growing and len(text) >= 4:
        begins = range(len(text) - 1, len(text) + 2)
        near = {w: [OSA.distance(text, w[:n]) for n in begins if n <= len(w)] for w in long}
        found |= {word for word, slips in near.items() if min(slips, default=9) == 1}
    return found


def passes(leaf: Filter, paper: Plain) -> bool:
    value = leaf.value.casefold()
    match leaf.field:
        case "paper":
            return paper.arxiv_id == value
        case "tag":
            return named(value, TAGS, paper.tags)
        case "list":
            return named(value, LISTS, paper.lists)
        case "category":
            below = {each for each in CATEGORIES if each.casefold() == value or each.casefold().startswith(value + ".")}
            return bool(below & set(paper.categories)) if below else named(value, CATEGORIES, set(paper.categories))
        case "source":
            return value in paper.source
        case "published":
            first, _, before = value.partition("..")
            return paper.published[0] != "-" and (first or "0") <= paper.published < (before or "a")
        case "is":
            states = {"bookmarked": bool(paper.lists), "read": paper.read, "unread": not paper.read}
            return (states | {"dismissed": paper.dismissed})[value]
        case _:
            return {"code": paper.code, "note": bool(paper.note), "tag": bool(paper.tags)}[value]


def named(value: str, names: tuple[str, ...], held: set[str]) -> bool:
    equal = {name for name in names if name.casefold() == value}
    return bool((equal or {name for name in names if name.casefold().startswith(value)}) & held)


def curate(store: Store, papers: dict[int, Plain], chance: random.Random) -> None:
    """Tag, list, note and mark some papers, in the library and in the plain values."""
    for name in LISTS:
        members = chance.sample(sorted(papers), 8)
        keep(store, members, list_name=name, now=NOW, origin="test")
        for id_ in members:
            papers[id_].lists.add(name)
    for name in TAGS:
        members = chance.sample(sorted(papers), 7)
        tag(store, members, name, now=NOW, origin="test")
        for id_ in members:
            papers[id_].tags.add(name)
    for id_ in chance.sample(sorted(papers), 6):
        papers[id_].note = chance.sample(WORDS, 3)
        set_note(store, id_, " ".join(papers[id_].note), now=NOW, origin="test")
    for mark, members in ((mark_read, chance.sample(sorted(papers), 25)), (dismiss, chance.sample(sorted(papers), 9))):
        mark(store, members, now=NOW, origin="test")
        for id_ in members:
            setattr(papers[id_], "read" if mark is mark_read else "dismissed", True)


def mentions_dismissed(tree: Node | None) -> bool:
    match tree:
        case And(nodes) | Or(nodes):
            return any(map(mentions_dismissed, nodes))
        case Not(inner):
            return mentions_dismissed(inner)
        case _:
            return tree == Filter("is", "dismissed")


def named_there(node: Node, ids: set[str]) -> Node | None:
    """A tree without the filters that name nothing there is; a paper's name is that paper, or else words."""
    match node:
        case And(nodes) | Or(nodes):
            left = tuple(each for each in (named_there(each, ids) for each in nodes) if each is not None)
            return None if not left else type(node)(left)
        case Not(inner):
            left_there = named_there(inner, ids)
            return None if left_there is None else Not(left_there)
        case Identifier(text, words):
            return Filter("paper", text) if text in ids else words
        case _:
            return None if node == Filter("tag", "none") else node


def understood(node: Node, collection: Collection) -> Node | None:
    """A tree without the words that no word of the library is like: they are left out, wherever they stand."""
    match node:
        case And(nodes) | Or(nodes):
            left = tuple(each for each in (understood(each, collection) for each in nodes) if each is not None)
            return None if not left else type(node)(left)
        case Word(text, _, where, growing) if where != "note":
            known = collection.vocabulary
            if where == "title":
                known = frozenset(folded(each) for p in collection.papers.values() for each in p.title)
            held = stands_for(text, known, collection.vocabulary, growing=growing)
            return node if held else None
        case _:
            return node


TERMS = st.one_of(
    st.sampled_from([*WORDS, *NAMES, "kern", "wave", "kernle", "qantum", "mainfold", "学習", "zzzzzz", "k"]),
    st.sampled_from(['"kernel graph"', '"quantum wav', '"x"', "graph-survey", "2301.00007", "2301.99999"]),
)
FILTERS = st.sampled_from(
    [
        "tag:todo", "tag:deep", "tag:none", 'list:"to read"', "list:book", "category:cs", "category:math.st",
        "category:st", "source:1", 'source:"page 2"', "year:2020", "year:2019..2021", "year:2022..", "after:2020-05-10",
        "before:2021", "is:bookmarked", "is:unread", "is:read", "is:dismissed", "has:code", "has:note", "has:tag",
        "note:kernel", 'note:"x', "sort:date", "year:x", "tag:",
    ]
)  # fmt: skip
SCOPED = st.builds("{}:{}".format, st.sampled_from(["title", "abstract", "author"]), TERMS)
QUERIES = st.recursive(
    st.one_of(TERMS, TERMS, FILTERS, SCOPED),
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("{} {}".format, inner, inner),
        st.builds("{} or {}".format, inner, inner),
        st.builds("({})".format, inner),
        st.builds("-({})".format, inner),
        st.builds("title:({})".format, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(query=st.builds("{}{}".format, QUERIES, st.sampled_from(["", " "])))
def test_the_engine_finds_what_a_plain_reading_finds(collection: Collection, query: str) -> None:
    parsed = parse(query).tree
    asked = None if parsed is None else named_there(parsed, {paper.arxiv_id for paper in collection.papers.values()})
    tree = None if asked is None else understood(asked, collection)
    shown = {id_ for id_, paper in collection.papers.items() if not paper.dismissed}
    if mentions_dismissed(asked):
        shown = set(collection.papers)
    wanted = shown if asked is None else set() if tree is None else lookup(tree, collection) & shown

    found = list(Engine(collection.store).search(query).ids)

    assert len(found) == len(set(found))
    assert set(found) == wanted


@settings(max_examples=100)
@given(query=QUERIES)
def test_the_order_is_total_and_the_same_each_time(collection: Collection, query: str) -> None:
    engine = Engine(collection.store)
    begun = engine.begin(query)
    assert engine.complete(begun).ids[: len(begun.ids)] == begun.ids
    assert engine.search(query).ids == engine.search(query).ids
    assert all(one >= other for one, other in pairwise(begun.scores))


@settings(max_examples=200)
@given(query=st.builds("{}{}".format, QUERIES, st.sampled_from(["", " ", " sort:date", " sort:title"])))
def test_a_large_library_answers_the_same(collection: Collection, query: str) -> None:
    """Where nothing is few: lists are measured, filters are asked of one paper after the other, and all in stages."""
    papers = collection.store.papers
    expected = Engine(collection.store).search(query)
    with (
        patch("reader.search.filters.MOST_FEW", 0),
        patch.multiple("reader.search.engine", MOST_FEW=0, SMALL=0, FIRST_LISTED=3),
    ):
        engine = Engine(collection.store, most=len(collection.papers) + 10)
        begun = engine.begin(query)
        whole = engine.complete(begun)
    assert list(papers.reading(whole.listed)) == list(expected.ids)
    assert whole.ids[: len(begun.ids)] == begun.ids
    assert whole.complete
    assert not whole.more


@settings(max_examples=100)
@given(query=st.builds("{}{}".format, QUERIES, st.sampled_from(["", " sort:date"])))
def test_a_screen_gets_the_first_of_many_and_is_told_so(collection: Collection, query: str) -> None:
    expected = Engine(collection.store).search(query)
    found = Engine(collection.store, most=12).search(query)
    if found.more:
        assert (found.ids, found.count) == (expected.ids[:12], "12+")
        assert len(expected.ids) > 12
    else:
        assert found.ids == expected.ids


def test_only_words_that_very_many_papers_hold_are_cut_short(collection: Collection) -> None:
    engine, words = Engine(collection.store, most=12), "kernel or wavelet or quantum or bayesian or manifold or survey"
    cut_short = [engine.search(query).more for query in (words, f"{words} sort:title", "is:unread", "")]
    assert cut_short == [True, True, False, False]


def test_a_deeply_nested_query_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each level looked at twice would here be looked at a million times."""
    looked_at = 0
    is_text = compiling.is_text

    def counted(node: Node) -> bool:
        nonlocal looked_at
        looked_at += 1
        assert looked_at < 1_000
        return is_text(node)

    monkeypatch.setattr(compiling, "is_text", counted)
    tree: Node = Filter("is", "read")
    for n in range(20):
        word = Word(f"w{n}", (f"w{n}",))
        tree = Or((word, And((tree, word, Not(word)))))
    assert compiling.split(tree) == (None, tree)
