"""The names of `reader.library` are written down three times: where they live, what is public, what is typed."""

from __future__ import annotations

import ast
import inspect

import pytest

from reader import library


def test_the_three_lists_agree() -> None:
    homes = {(home, name) for home, names in library._HOMES.items() for name in names}
    (checked,) = (node for node in ast.parse(inspect.getsource(library)).body if isinstance(node, ast.If))
    imported = {
        (str(node.module).removeprefix("reader.library."), alias.name)
        for node in checked.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert homes == imported
    assert sorted(library.__all__) == sorted(name for _, name in homes)


@pytest.mark.parametrize("name", library.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(library, name) is not None


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        library.nonsense  # noqa: B018 - it is what raises
