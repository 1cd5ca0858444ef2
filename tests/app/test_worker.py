"""The threads behind the app: which question is answered, and that no change is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from textual.message import Message

from reader.app.worker import Answered, Changed, Failed, Worker
from reader.errors import Interrupted, LibraryError
from reader.store import Store

SECONDS = 10.0


class Post:
    """Where the worker posts to; can be waited on."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._news = threading.Condition()

    def __call__(self, message: Message) -> bool:
        with self._news:
            self.messages.append(message)
            self._news.notify_all()
        return True

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(condition, SECONDS), self.messages

    @property
    def answers(self) -> list[tuple[int, object]]:
        return [(m.serial, m.answer) for m in self.messages if isinstance(m, Answered)]

    @property
    def outcomes(self) -> list[object]:
        return [m.outcome for m in self.messages if isinstance(m, Changed)]

    @property
    def errors(self) -> list[Exception]:
        return [m.error for m in self.messages if isinstance(m, Failed)]


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def worker(tmp_path: Path, post: Post) -> Iterator[Worker]:
    worker = Worker(tmp_path / "library.db", post)
    worker.start()
    yield worker
    worker.stop()


def giving(outcome: object, store: Store) -> object:
    return outcome


def answering(*answers: object) -> Callable[[Store], Iterator[object]]:
    def question(store: Store) -> Iterator[object]:
        yield from answers

    return question


def test_a_question_is_answered_in_stages_under_its_serial_number(worker: Worker, post: Post) -> None:
    serial = worker.ask(answering("titles", "everything"))
    post.wait(lambda: len(post.answers) == 2)
    assert post.answers == [(serial, "titles"), (serial, "everything")]


def test_the_newest_of_many_questions_is_answered_and_stale_answers_are_dropped(worker: Worker, post: Post) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(store: Store) -> Iterator[object]:
        begun.set()
        go_on.wait(SECONDS)
        yield "stale"
        yield "stale"

    worker.ask(slow)
    assert begun.wait(SECONDS)
    for n in range(20):
        last = worker.ask(answering(n))
    go_on.set()
    post.wait(lambda: bool(post.answers))
    assert post.answers == [(last, 19)]


def test_a_newer_question_interrupts_what_the_store_is_doing_for_the_older(worker: Worker, post: Post) -> None:
    begun = threading.Event()

    def endless(store: Store) -> Iterator[object]:
        begun.set()
        yield store.database.value(
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
        )

    worker.ask(endless)
    assert begun.wait(SECONDS)
    done = threading.Event()

    def keep_asking() -> None:  # one interrupt may come before the statement runs
        while not done.wait(0.02):
            worker.ask(answering("newest"))

    asking = threading.Thread(target=keep_asking)
    asking.start()
    try:
        post.wait(lambda: "newest" in [answer for _, answer in post.answers])
    finally:
        done.set()
        asking.join()
    assert post.errors == []


def test_an_interrupt_that_was_meant_for_the_question_before_is_tried_again(worker: Worker, post: Post) -> None:
    tries: list[int] = []

    def interrupted_once(store: Store) -> Iterator[object]:
        tries.append(1)
        if len(tries) == 1:
            raise Interrupted("stopped")
        yield "answer"

    serial = worker.ask(interrupted_once)
    post.wait(lambda: bool(post.answers))
    assert (post.answers, len(tries), post.errors) == ([(serial, "answer")], 2, [])


def test_a_question_that_fails_is_told_and_the_next_is_answered(worker: Worker, post: Post) -> None:
    def failing(store: Store) -> Iterator[object]:
        yield "first stage"
        raise ValueError("a bug")

    worker.ask(failing)
    post.wait(lambda: bool(post.errors))
    assert isinstance(post.errors[0], ValueError)
    worker.ask(answering("next"))
    post.wait(lambda: "next" in [answer for _, answer in post.answers])


def test_changes_are_made_one_after_the_other_in_the_order_given(worker: Worker, post: Post) -> None:
    for n in range(50):
        worker.change(partial(giving, n))
    post.wait(lambda: len(post.outcomes) == 50)
    assert post.outcomes == list(range(50))


def test_a_change_that_fails_is_told_and_the_next_is_made(worker: Worker, post: Post) -> None:
    error = LibraryError("the library is full")

    def failing(store: Store) -> object:
        raise error

    worker.change(failing)
    worker.change(lambda store: "made")
    post.wait(lambda: bool(post.outcomes))
    assert (post.errors, post.outcomes) == ([error], ["made"])


def test_stopping_finishes_every_change_and_drops_the_question(tmp_path: Path, post: Post) -> None:
    worker = Worker(tmp_path / "library.db", post)
    worker.start()
    begun, go_on = threading.Event(), threading.Event()

    def slow(store: Store) -> object:
        begun.set()
        go_on.wait(SECONDS)
        return "slow"

    worker.change(slow)
    worker.change(lambda store: "last")
    assert begun.wait(SECONDS)
    threading.Timer(0.05, go_on.set).start()
    worker.stop()
    assert post.outcomes == ["slow", "last"]
    assert not any(thread.is_alive() for thread in worker._threads)


def test_stopping_a_worker_that_never_started_or_stopped_already_is_harmless(tmp_path: Path, post: Post) -> None:
    worker = Worker(tmp_path / "library.db", post)
    worker.stop()
    started = Worker(tmp_path / "library.db", post)
    started.start()
    started.stop()
    started.stop()


def test_a_library_that_cannot_be_opened_is_told_and_tried_again(tmp_path: Path, post: Post) -> None:
    blocked = tmp_path / "folder"
    blocked.write_text("a file where the folder should be")
    worker = Worker(blocked / "library.db", post)
    worker.start()
    try:
        worker.change(lambda store: "made")
        worker.ask(answering("answer"))
        post.wait(lambda: len(post.errors) == 2)
        assert all(isinstance(error, LibraryError) for error in post.errors)
        blocked.unlink()
        worker.change(lambda store: "made")
        worker.ask(answering("answer"))
        post.wait(lambda: bool(post.outcomes) and bool(post.answers))
    finally:
        worker.stop()


def test_answers_come_while_a_change_is_being_made(worker: Worker, post: Post) -> None:
    go_on = threading.Event()

    def slow(store: Store) -> object:
        go_on.wait(SECONDS)
        return None

    worker.change(slow)
    worker.ask(answering("answer"))
    post.wait(lambda: bool(post.answers))
    assert post.outcomes == []
    go_on.set()
