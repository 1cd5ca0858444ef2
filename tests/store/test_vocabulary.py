from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import pytest

from reader.library import Summary, undo
from reader.store import Store, vocabulary
from reader.store.text_index import LAST_WORD, TextIndex

NEW = tuple({"title": f"Fresh paper {n}", "abstract": f"Novelty{n} and xylophones."} for n in range(30))


def test_the_vocabulary_fits_the_index_after_papers_grew_richer(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers(
        {"title": "Tangent", "arxiv_id": "1706.03762", "abstract": "Old words."},
        *({"title": f"p{n}"} for n in range(60)),
    )
    import_papers({"title": "Tangents", "arxiv_id": "1706.03762", "abstract": "New longer words.", "authors": ["Zoë"]})
    counted = {(word, titles, papers) for word, titles, papers in store.index.all_words()}
    known = set(store.database.rows("select word, titles, papers from words where papers > 0"))
    assert known == counted
    assert {word.text for word in store.index.words(["zoe", "longer", "old", "tangents", "tangent"])} == {
        "zoe", "longer", "tangents",
    }  # fmt: skip
    assert [check.damage for check in store.checks.run() if check.damage] == []


def test_a_small_import_into_a_large_library_counts_like_counting_afresh(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers(*({"title": f"word{n} shared", "abstract": f"text{n % 7}"} for n in range(100)), name="large")
    assert not store.index.counts_afresh(3, 103)
    import_papers(*({"title": f"new{n} shared", "abstract": "text1"} for n in range(3)), name="small")
    assert set(store.database.rows("select word, titles, papers from words")) == set(store.index.all_words())
    assert store.index.words(["shared"])[0].titles == 103


@pytest.mark.parametrize("batch", [1, 3, 1_000])
def test_words_that_no_paper_holds_any_more_are_forgotten_part_by_part(
    batch: int, store: Store, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "WORD_BATCH", batch)
    import_papers({"title": "Middle kernel"}, name="stays")
    import_papers({"title": "Aardvark"}, {"title": "Middle lemma"}, {"title": "Zygote"}, name="goes")
    undo(store)
    known = set(store.database.rows("select word, titles, papers from words where papers > 0"))
    assert known == set(store.index.all_words()) == {("middle", 1, 1), ("kernel", 1, 1)}


def test_others_may_write_after_every_transaction_of_new_words(
    store: Store, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    monkeypatch.setattr("reader.store.vocabulary.WORD_BATCH", 10)
    monkeypatch.setattr("reader.store.database.Database.pause", lambda _: happened.append("pause"))
    learn = TextIndex.learn

    def noting(self: TextIndex, words: Sequence[tuple[str, int, int]], *, afresh: bool) -> None:
        happened.append("learn")
        learn(self, words, afresh=afresh)

    monkeypatch.setattr(TextIndex, "learn", noting)
    import_papers(*NEW)
    assert happened == ["learn", "pause"] * (len(happened) // 2)
    assert len(happened) > 8


def test_a_first_import_looks_for_no_words_that_are_gone(
    store: Store, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def noting(_: TextIndex, real: Collection[str], *, after: str, upto: str = LAST_WORD) -> list[int]:
        looked.append(after)
        return []

    monkeypatch.setattr(TextIndex, "ghosts", noting)
    import_papers({"title": "Tangent kernels", "abstract": "Of wide networks."})
    assert looked == []
    import_papers(*NEW)
    assert looked == ["", max(word for word, _, _ in store.index.all_words())]
