"""The use cases, and so the Python API of the project: one function each, over one open `Store`.

This is the one place where formats, store, search and export meet. Time, paths and what the user decides are arguments;
nothing here draws, prints or asks. A name is loaded when it is first used, so that a command pays for what it does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.library.alone import recover_if_idle
    from reader.library.annotating import (
        Annotation,
        dismiss,
        find_search,
        forget_search,
        mark_read,
        mark_unread,
        rename_search,
        restore,
        save_search,
        set_note,
        tag,
        untag,
    )
    from reader.library.curating import (
        Curated,
        find_source,
        merge_papers,
        rejected,
        remove_papers,
        remove_source,
        sources,
        split_paper,
    )
    from reader.library.exporting import Export, export, export_to_file, export_to_folder
    from reader.library.finding import (
        RELEVANCE,
        SORT_FIELDS,
        find_paper,
        find_papers,
        names,
        query_of,
        search,
        search_stages,
    )
    from reader.library.health import Finding, Statistics, examine, statistics
    from reader.library.importing import anything_to_import, format_names, import_paths, import_text
    from reader.library.inputs import Given, Pasted
    from reader.library.keeping import Kept, drop, find_list, keep, toggle
    from reader.library.list_files import Rewritten, options_of
    from reader.library.previewing import Preview, preview
    from reader.library.sample import open_sample
    from reader.library.syncing import Synced, sync
    from reader.library.telling import Progress, RejectedRecord, Summary
    from reader.library.undoing import redo, undo
    from reader.library.vaults import VaultWritten, export_to_vault

_HOMES = {
    "alone": ("recover_if_idle",),
    "annotating": (
        "Annotation",
        "dismiss",
        "find_search",
        "forget_search",
        "mark_read",
        "mark_unread",
        "rename_search",
        "restore",
        "save_search",
        "set_note",
        "tag",
        "untag",
    ),
    "curating": (
        "Curated",
        "find_source",
        "merge_papers",
        "rejected",
        "remove_papers",
        "remove_source",
        "sources",
        "split_paper",
    ),
    "exporting": ("Export", "export", "export_to_file", "export_to_folder"),
    "finding": (
        "RELEVANCE",
        "SORT_FIELDS",
        "find_paper",
        "find_papers",
        "names",
        "query_of",
        "search",
        "search_stages",
    ),
    "health": ("Finding", "Statistics", "examine", "statistics"),
    "importing": ("anything_to_import", "format_names", "import_paths", "import_text"),
    "keeping": ("Kept", "drop", "find_list", "keep", "toggle"),
    "list_files": ("Rewritten", "options_of"),
    "inputs": ("Given", "Pasted"),
    "previewing": ("Preview", "preview"),
    "sample": ("open_sample",),
    "syncing": ("Synced", "sync"),
    "telling": ("Progress", "RejectedRecord", "Summary"),
    "undoing": ("redo", "undo"),
    "vaults": ("VaultWritten", "export_to_vault"),
}

__all__ = [
    "RELEVANCE",
    "SORT_FIELDS",
    "Annotation",
    "Curated",
    "Export",
    "Finding",
    "Given",
    "Kept",
    "Pasted",
    "Preview",
    "Progress",
    "RejectedRecord",
    "Rewritten",
    "Statistics",
    "Summary",
    "Synced",
    "VaultWritten",
    "anything_to_import",
    "dismiss",
    "drop",
    "examine",
    "export",
    "export_to_file",
    "export_to_folder",
    "export_to_vault",
    "find_list",
    "find_paper",
    "find_papers",
    "find_search",
    "find_source",
    "forget_search",
    "format_names",
    "import_paths",
    "import_text",
    "keep",
    "mark_read",
    "mark_unread",
    "merge_papers",
    "names",
    "open_sample",
    "options_of",
    "preview",
    "query_of",
    "recover_if_idle",
    "redo",
    "rejected",
    "remove_papers",
    "remove_source",
    "rename_search",
    "restore",
    "save_search",
    "search",
    "search_stages",
    "set_note",
    "sources",
    "split_paper",
    "statistics",
    "sync",
    "tag",
    "toggle",
    "undo",
    "untag",
]


def __getattr__(name: str) -> object:
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
