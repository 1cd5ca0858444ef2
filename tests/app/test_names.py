"""No widget or screen of ours takes a name that Textual keeps its own state under, except where that is meant."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from functools import cache

import pytest

import reader.app

MEANT = {
    "ReaderApp": {"_check_bindings", "_exception", "_handle_exception", "_return_code"},
    "LinePane": {"_border_subtitle", "_border_title"},
    "MainScreen": {"_bindings"},
    "SearchBox": {"_on_key", "_on_paste", "_suggestion"},
    "NoteArea": {"_on_paste"},
    "FolderTree": {"_load_directory", "_populate_node"},
}
"""What is written or overridden on purpose: each place says why."""


def classes() -> list[type]:
    modules = [importlib.import_module(f"reader.app.{each.name}") for each in pkgutil.iter_modules(reader.app.__path__)]
    found = {each for module in modules for _, each in inspect.getmembers(module, inspect.isclass)}
    ours = (each for each in found if each.__module__.startswith("reader."))
    return sorted((each for each in ours if any(map(is_textual, each.__mro__))), key=lambda each: each.__qualname__)


def is_textual(each: type) -> bool:
    return each.__module__.startswith("textual.")


@cache
def private_names(each: type) -> frozenset[str]:
    """What a class body defines, or writes into an instance, of names that begin with one underscore."""
    [body] = ast.parse(textwrap.dedent(inspect.getsource(each))).body
    names = {node.name for node in ast.walk(body) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    for node in ast.walk(body):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            names.add(node.attr)
    return frozenset(name for name in names if name.startswith("_") and not name.startswith("__"))


@pytest.mark.parametrize("each", classes(), ids=lambda each: each.__qualname__)
def test_a_class_keeps_out_of_the_names_of_textual(each: type) -> None:
    theirs = frozenset().union(*(private_names(base) for base in each.__mro__ if is_textual(base)))
    assert private_names(each) & theirs <= MEANT.get(each.__qualname__, set())


def test_what_is_allowed_is_still_there() -> None:
    by_name = {each.__qualname__: private_names(each) for each in classes()}
    assert {name: allowed - by_name[name] for name, allowed in MEANT.items() if allowed - by_name[name]} == {}
