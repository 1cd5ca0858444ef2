"""The platform's folders, as functions: nothing is looked up when this module is imported."""

from __future__ import annotations

from pathlib import Path

APPLICATION = "reader"
SAMPLE_LIBRARY = "sample-library.jsonl"
WRITTEN_FILES = "written-files.json"


def default_library() -> Path:
    """Where the library lies when the user names no other place."""
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False) / "library.db"


def export_folder() -> Path:
    """Where the app writes reading lists: a folder of its own among the user's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / APPLICATION


def settings_file() -> Path:
    """Where the user's settings are."""
    from platformdirs import user_config_path

    return user_config_path(APPLICATION, appauthor=False) / "settings.toml"


def log_folder() -> Path:
    """Where a bug leaves its traceback."""
    from platformdirs import user_log_path

    return user_log_path(APPLICATION, appauthor=False)


def query_history() -> Path:
    """Where the app remembers what was searched for."""
    return state_folder() / "queries"


def state_folder() -> Path:
    """Where the app remembers how it was left."""
    from platformdirs import user_state_path

    return user_state_path(APPLICATION, appauthor=False)


def written_files() -> Path:
    """Where it is remembered which files were exported, of those that do not say so themselves."""
    return state_folder() / WRITTEN_FILES


def sample_library() -> Path:
    """The bundled sample papers, as JSON Lines.

    A wheel carries them inside the package; a checkout, and an editable install of it, beside the package.
    """
    package = Path(__file__).resolve().parent
    inside = package / "assets" / SAMPLE_LIBRARY
    return inside if inside.exists() else package.parent / "assets" / SAMPLE_LIBRARY
