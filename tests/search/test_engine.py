from __future__ import annotations

import json
import random
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import Interrupted
from reader.library import SORT_FIELDS, Summary, import_text, search
from reader.search.engine import CANDIDATES, ENOUGH, Engine
from reader.search.results import Results
from reader.search.spans import spans
from reader.store import Store

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SUBJECTS = (
    "tangent",
    "wavelet",
    "spectral",
    "bayesian",
    "quantum",
    "sparse",
    "recurrent",
    "graph",
    "causal",
    "federated",
)
OBJECTS = ("kernels", "transformers", "manifolds", "posteriors", "circuits", "ensembles", "networks", "samplers")
ENDS = ("without tears", "at scale", "under noise", "in practice", "from scratch", "for proteins")
TITLES = tuple(f"{s} {o} {e}" for s in SUBJECTS for o in OBJECTS for e in ENDS)


def fill(store: Store, papers: list[Mapping[str, object]], name: str = "x") -> None:
    import_text(store, "\n".join(map(json.dumps, papers)), name=name, now=NOW, origin="test")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("large") / "library.db") as store:
        fill(store, [{"title": title, "abstract": f"Abstract {n}: we study things."} for n, title in enumerate(TITLES)])
        yield store


def titles_of(store: Store, results: Results) -> list[str]:
    titles = store.papers.titles(results.ids)
    return [titles[id_] for id_ in results.ids]


def find(store: Store, query: str) -> list[str]:
    return titles_of(store, search(store, query))


def slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :],
         word[:at] + word[at : at + 2][::-1] + word[at + 2 :]]
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_a_title_with_a_slip_in_every_word_is_among_the_first_ten(large: Store, seed: int) -> None:
    chance = random.Random(seed)
    asked = chance.sample(TITLES, 40)
    missed = []
    for title in asked:
        query = " ".join(slip(word, chance) if len(word) > 3 else word for word in title.split())
        if title not in find(large, query)[:10]:
            missed.append((title, query))
    assert missed == []


def test_every_title_finds_itself_first(large: Store) -> None:
    for title in TITLES[::7]:
        results = search(large, title)
        assert titles_of(large, results)[0] == title
        assert results.score(0) == pytest.approx(1)
        assert results.repaired == ()
        assert results.left_out == ()


def test_an_exact_match_is_never_lost_by_repair(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers(
        *({"title": f"Kernels of kind {n}"} for n in range(30)), {"title": "Kernel pruning"}, {"title": "On the kerner"}
    )
    assert find(store, "kerner")[0] == "On the kerner"
    assert find(store, "kernel")[0] == "Kernel pruning"
    assert find(store, "kerne")[0] in {"Kernel pruning", "On the kerner"}


def test_a_slip_that_makes_another_word_of_the_library_is_forgiven(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers({"title": "Learning from pixels"}, {"title": "A form of life", "abstract": "No pixels here."})
    assert find(store, "learning form pixels")[0] == "Learning from pixels"
    results = search(store, "form")
    assert titles_of(store, results) == ["A form of life", "Learning from pixels"]
    assert results.score(0) > results.score(1)


@pytest.mark.parametrize("query", ["tangn", "tange", "tagne", "tanegn", "neural tangn"])
def test_an_unfinished_misspelt_word_finds_its_paper(
    store: Store, import_papers: Callable[..., Summary], query: str
) -> None:
    import_papers({"title": "Neural tangents"}, {"title": "Pruning", "authors": ["Wei Tang", "B. Tage"]})
    assert "Neural tangents" in find(store, query)


def test_titles_come_before_abstracts(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers(
        {"title": "One", "abstract": "tangent " * 20},
        {"title": "A long title in which the word tangent stands once among many others"},
        {"title": "Two", "authors": ["A. Tangent"]},
    )
    begun = Engine(store).begin("tangent")
    assert len(begun.ids) == 1
    assert not begun.complete
    completed = Engine(store).complete(begun)
    assert completed.complete
    assert completed.ids[:1] == begun.ids
    assert len(completed.ids) == 3
    assert Engine(store).complete(completed) is completed


@pytest.mark.parametrize("query", ["", "  ", "…", "💥", '"*"'])
def test_without_words_everything_comes_in_the_default_order(large: Store, query: str) -> None:
    results = search(large, query)
    assert results.ids == large.papers.ids()
    assert results.complete
    assert results.interpretations == ()


def test_unknown_words_are_left_out_and_reported(large: Store) -> None:
    results = search(large, "tangent xqzzyxw kernels")
    assert results.left_out == ("xqzzyxw",)
    assert titles_of(large, results)[0].startswith("tangent kernels")
    nothing = search(large, "xqzzyxw")
    assert list(nothing.ids) == []
    assert nothing.left_out == ("xqzzyxw",)
    assert nothing.complete


def test_repaired_words_are_reported(large: Store) -> None:
    results = search(large, "tangnt kernels")
    assert results.repaired == (("tangnt", "tangent"),)
    title = titles_of(large, results)[0]
    assert [title[a:b] for a, b in spans(title, results.interpretations)] == ["tang", "nt", "kernels"]


HOSTILE = (
    '"', 'foo"', '""', "a AND", "AND", "OR NOT", "*", "tangent*", "(", ")", "(tangent", "c++", "it's", "title:x",
    "title:tangent", "-tangent", "^tangent", "NEAR(tangent kernels, 2)", "{title}: tangent", "non-linear", "a\0b",
    "tangent\0kernels", "x" * 10_000, "tangent " * 2_000, "深層学習", "💥🔥", "e\u0301" * 50, "\u0301", "\udcff",
    "tangent\udcffkernels", "%", "_", "';--", "\\", "\n\t", "½ ² ﷺ İ ß", "\u202e", "0" * 40, "a" * 33,
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query[:12]))
def test_hostile_queries_do_no_harm(large: Store, query: str) -> None:
    for sort in SORT_FIELDS:
        ids = search(large, query, sort=sort).ids
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("hostile", "plain"),
    [
        ("tangent*", "tangent"), ("(tangent", "tangent"), ("- tangent", "tangent"), ("^tangent", "tangent"),
        ('"tangent kernels"', "tangent kernels"), ("tangent\0kernels", "tangent kernels"),
        ("tangent\udcffkernels", "tangent kernels"), ("ttle:tangent", "ttle tangent"),
        ("tangent AND kernels", "tangent and kernels"), ("tangent NOT kernels", "tangent not kernels"),
        ("TANGENT", "tangent"), ("ｔａｎｇｅｎｔ", "tangent"), ("tange\u0301nt", "tangent"),
    ],
)  # fmt: skip
def test_no_operator_of_the_index_is_one_here(large: Store, hostile: str, plain: str) -> None:
    assert search(large, hostile).ids == search(large, plain).ids


@pytest.mark.parametrize(
    "title",
    [
        "Classiﬁcation of ﬂows",
        "Die Straße",
        "Задачей й",
        "Ἀριθμητική ά",
        "がんの深層学習",
        "ℓ1 and L² norms",
        "Café İstanbul",
        "naïve Čech",
        "½ measures",
        "𝒩-gram models",
        "Ｆｕｌｌ width",
        "Poincare\u0301 maps",
        "x\u0305y and 1\u20442",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD", "upper"])
def test_a_title_pasted_finds_its_paper(
    store: Store, import_papers: Callable[..., Summary], title: str, form: str
) -> None:
    decoys = [
        {"title": f"{word} decoy"} for word in ("classification", "flows", "strasse", "l1", "l2", "cafe", "n", "full")
    ]
    import_papers({"title": title}, *decoys)
    typed = title if form == "NFC" else title.upper() if form == "upper" else unicodedata.normalize("NFC", title)
    assert find(store, title)[:1] == [title]
    if "ß" not in title and "ﬁ" not in title:
        assert title in find(store, typed)


def test_no_paper_comes_twice_and_the_order_is_the_same_each_time(large: Store) -> None:
    for query in ("tangent", "kernels", "tangnt krenels", "without", "a", "study things", "we", "abstract 7"):
        first = search(large, query)
        assert len(set(first.ids)) == len(first.ids)
        assert search(large, query) == first
        assert all(a >= b for a, b in zip(first.scores, first.scores[1:], strict=False))
        assert len(first.scores) <= len(first.ids)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_does_not_depend_on_the_order_of_import(tmp_path: Path, seed: int) -> None:
    papers: list[Mapping[str, object]] = [
        {"title": f"{s} {o}", "abstract": f"Things about {o}."} for s in SUBJECTS[:5] for o in OBJECTS[:5]
    ]
    pages = [(f"2026-01-0{n + 1}.x", papers[n * 5 : n * 5 + 5]) for n in range(5)]
    answers = []
    for order in (pages, random.Random(seed).sample(pages, 5)):
        with Store.open(tmp_path / "none", create=False) as store:
            for name, page in order:
                fill(store, list(page), name)
            answers.append(
                [find(store, query) for query in ("kernels", "about", "things manifolds", "krnels", "sparse", "")]
            )
    assert answers[0] == answers[1]


def test_results_in_another_order_keep_their_scores(large: Store) -> None:
    by_worth = search(large, "tangent kernels")
    by_title = search(large, "tangent kernels", sort="title")
    assert sorted(by_title.ids) == sorted(by_worth.ids)
    assert titles_of(large, by_title) == sorted(titles_of(large, by_title))
    scores = {id_: by_worth.score(place) for place, id_ in enumerate(by_worth.ids)}
    assert {id_: by_title.score(place) for place, id_ in enumerate(by_title.ids)} == scores


def statements(store: Store, query: str) -> int:
    seen: list[str] = []
    store.database._connection.set_trace_callback(seen.append)
    search(store, query)
    store.database._connection.set_trace_callback(None)
    return sum(not statement.startswith("--") for statement in seen)  # what FTS5 runs within is not counted


@pytest.mark.parametrize("query", ["tangent", "tangnt krenels wihtout", "tangn", "xqzzyxw", "kernels at scale"])
def test_the_work_does_not_grow_with_the_library(large: Store, tmp_path: Path, query: str) -> None:
    with Store.open(tmp_path / "none", create=False) as small:
        fill(small, [{"title": title, "abstract": "Abstract."} for title in TITLES[:60]])
        few = statements(small, query)
    many = statements(large, query)
    words = len(query.split())
    assert many <= 12 + 60 * words
    assert many <= few + 12 * words + 8


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Titles with more words of one letter than a beginning is written out as."""
    titles = [f"{SUBJECTS[n % 10]} {OBJECTS[n // 10 % 8]} {'ab'[n % 2]}{n % 97:02}x at {n}" for n in range(480)]
    with Store.open(tmp_path_factory.mktemp("lettered") / "library.db") as store:
        fill(store, [{"title": title, "abstract": "Abstract."} for title in titles])
        yield store


@pytest.mark.parametrize(
    "query", ["a", "kernels a", "causal kernels b", "title:kernels title:a", "is:unread a", "kernals a"]
)
def test_on_a_screen_the_letter_that_a_query_ends_in_is_looked_for_in_titles_alone(lettered: Store, query: str) -> None:
    seen: list[str] = []
    lettered.database._connection.set_trace_callback(seen.append)
    shown = Engine(lettered, most=2_000).begin(query).ids
    lettered.database._connection.set_trace_callback(None)
    assert len(seen) > 3
    assert not any(f'"{query[-1]}"*' in each for each in seen)
    everywhere = Engine(lettered).begin(query).ids
    assert set(shown) == set(everywhere) or (len(shown) >= ENOUGH and len(everywhere) == CANDIDATES)


@pytest.mark.parametrize("query", ["z", "kernels z", "kernels -causal b", "-kernels a", "kernels or a", "-a"])
def test_whatever_a_letter_stands_beside_it_finds_the_same_on_a_screen(lettered: Store, query: str) -> None:
    found, everywhere = Engine(lettered, most=2_000).search(query), Engine(lettered).search(query)
    assert set(found.ids) == set(everywhere.ids)
    assert found.ids[:5] == everywhere.ids[:5]


def test_rows_read_are_bounded(large: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    rows = large.database.rows

    def counted(*args: object) -> list[tuple[object, ...]]:
        nonlocal read
        found = rows(*args)  # type: ignore[arg-type]
        read += len(found)
        return found

    monkeypatch.setattr(large.database, "rows", counted)
    Engine(large).begin("a")
    Engine(large).begin("kernels")
    Engine(large).begin("tangnt krenels")
    assert read < 3 * (3 * 200 + 500)


def test_another_thread_stops_a_search_and_the_store_stays_usable(large: Store) -> None:
    interrupted = threading.Event()

    def at_work() -> int:
        if not interrupted.is_set():
            interrupted.set()
            thread = threading.Thread(target=large.interrupt)
            thread.start()
            thread.join()
        return 0

    for at in range(1, 2_000, 150):
        interrupted.clear()
        large.database._connection.set_progress_handler(at_work, at)
        try:
            search(large, "study things tangnt")
        except Interrupted:
            assert interrupted.is_set()
        large.database._connection.set_progress_handler(None, 0)
        assert not large.database._connection.in_transaction
        assert find(large, "tangent kernels at scale")[0] == "tangent kernels at scale"

    def always() -> int:
        large.interrupt()
        return 0

    large.database._connection.set_progress_handler(always, 1)
    with pytest.raises(Interrupted):
        search(large, "tangent")
    large.database._connection.set_progress_handler(None, 0)


def test_a_search_over_an_empty_library_finds_nothing(store: Store) -> None:
    assert list(search(store, "tangent").ids) == []
    assert search(store, "tangent").left_out == ("tangent",)
    assert list(search(store, "").ids) == []


def test_completing_after_the_library_lost_its_words_is_no_error(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers({"title": "Tangent"})
    begun = Engine(store).begin("tangent")
    store.index.forget([row[0] for row in store.database.rows("select id from words")])
    assert Engine(store).complete(begun).complete


def test_outside_of_titles_a_finished_short_word_that_is_known_is_only_itself(store: Store) -> None:
    fill(
        store,
        [
            {"title": "Nets", "abstract": "One."},
            {"title": "Second", "abstract": "A net of its own."},
            {"title": "Third", "abstract": "A network of others."},
        ],
    )
    assert find(store, "net ") == ["Nets", "Second"]
    assert sorted(find(store, "net")) == ["Nets", "Second", "Third"]
