"""Writing the file of settings: one choice at a time, everything else in it left as it is.

The only module that loads `tomlkit`, which takes longer than the rest of a start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from reader.errors import LibraryError
from reader.export import files
from reader.settings.values import KEYS, Value, declared, shown
from reader.text import visible

_HEAD = """\
# The settings of reader. A line that begins with # says nothing: take the # away and change what follows.
"""
_KEYS_HEAD = f"""\
# Other keys for commands: a key, or several in brackets. [] takes a command its keys away.
[{KEYS}]
"""


def keep(path: Path, name: str, value: Value) -> None:
    """Write that setting into that file, made where there is none; comments and order stay.

    Raises:
        LibraryError: the file cannot be read or written, or is no TOML, and stays as it is.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    way_out = "`reader config edit` opens it"
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        document = tomlkit.parse(text)
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise LibraryError(f"{visible(str(path))} stays as it is, since it is not TOML", way_out) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise LibraryError(f"{visible(str(path))} cannot be read: {why}", way_out) from error
    document[name] = value
    files.write(path, [document.as_string()], may_replace=lambda _: True, make_folder=True)


def begin(path: Path, commands: Mapping[str, tuple[str, ...]]) -> None:
    """Write a file that sets nothing and says what can be set, unless there is one.

    Args:
        path: the file.
        commands: the keys of every command, by its id.

    Raises:
        LibraryError: it cannot be written.
    """
    if not path.exists():
        files.write(path, _first_lines(commands), may_replace=lambda _: False, make_folder=True)


def _first_lines(commands: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield _HEAD
    for setting in declared():
        yield f"\n# {setting.about.replace('`', '')}\n# {setting.name} = {shown(setting.default)}\n"
    yield f"\n{_KEYS_HEAD}"
    for name, keys in commands.items():
        yield f"# {name} = {listed(keys)}\n"


def listed(keys: tuple[str, ...]) -> str:
    """Keys as they stand in a file of settings."""
    return f"[{', '.join(shown(key) for key in keys)}]"
