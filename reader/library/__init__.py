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
        add_note,
        checked_query,
        dismiss,
        find_search,
        forget_search,
        mark_read,
        mark_unread,
        rename_search,
        restore,
        retag,
        save_search,
        set_note,
        set_notes,
        tag,
        toggle_dismissed,
        toggle_read,
        untag,
    )
    from reader.library.arranging import delete_list, make_list, move_in_list, move_list, relist, rename_list
    from reader.library.backing_up import (
        Restored,
        back_up,
        back_up_daily,
        backups,
        copy_of_day,
        restore_backup,
    )
    from reader.library.citing import cite, cite_several, forms
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
    from reader.library.digest import DIGEST_FORMATS, digest_since, render_digest, since_when
    from reader.library.export_preview import ExportPreview, preview_export, preview_vault
    from reader.library.exporting import (
        Export,
        Fate,
        export,
        export_to_file,
        fate_of,
        file_in,
        remembered_by,
        with_options,
    )
    from reader.library.finding import (
        RELEVANCE,
        SORT_FIELDS,
        find_paper,
        find_papers,
        names,
        papers_of_query,
        query_of,
        search,
        search_stages,
    )
    from reader.library.health import Finding, Saved, Statistics, examine, mend, salvage_library, statistics
    from reader.library.importing import anything_to_import, format_names, import_paths, import_text
    from reader.library.inputs import Given, Pasted
    from reader.library.keeping import Kept, drop, find_list, keep, toggle
    from reader.library.labels import Label, fitting, list_labels, tag_labels
    from reader.library.list_files import Rewritten, options_of
    from reader.library.previewing import Preview, preview
    from reader.library.sample import open_sample
    from reader.library.syncing import Synced, sync
    from reader.library.telling import Progress, RejectedRecord, Summary
    from reader.library.templates import read_template
    from reader.library.undoing import is_lengthy, next_to_undo, redo, undo
    from reader.library.vaults import VaultWritten, export_to_vault

_HOMES = {
    "alone": ("recover_if_idle",),
    "annotating": (
        "Annotation",
        "add_note",
        "checked_query",
        "dismiss",
        "find_search",
        "forget_search",
        "mark_read",
        "mark_unread",
        "rename_search",
        "restore",
        "retag",
        "save_search",
        "set_note",
        "set_notes",
        "tag",
        "toggle_dismissed",
        "toggle_read",
        "untag",
    ),
    "arranging": ("delete_list", "make_list", "move_in_list", "move_list", "relist", "rename_list"),
    "backing_up": ("Restored", "back_up", "back_up_daily", "backups", "copy_of_day", "restore_backup"),
    "citing": ("cite", "cite_several", "forms"),
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
    "digest": ("DIGEST_FORMATS", "digest_since", "render_digest", "since_when"),
    "export_preview": ("ExportPreview", "preview_export", "preview_vault"),
    "exporting": ("Export", "Fate", "export", "export_to_file", "fate_of", "file_in", "remembered_by", "with_options"),
    "finding": (
        "RELEVANCE",
        "SORT_FIELDS",
        "find_paper",
        "find_papers",
        "names",
        "papers_of_query",
        "query_of",
        "search",
        "search_stages",
    ),
    "health": ("Finding", "Saved", "Statistics", "examine", "mend", "salvage_library", "statistics"),
    "importing": ("anything_to_import", "format_names", "import_paths", "import_text"),
    "keeping": ("Kept", "drop", "find_list", "keep", "toggle"),
    "list_files": ("Rewritten", "options_of"),
    "inputs": ("Given", "Pasted"),
    "labels": ("Label", "fitting", "list_labels", "tag_labels"),
    "previewing": ("Preview", "preview"),
    "sample": ("open_sample",),
    "syncing": ("Synced", "sync"),
    "telling": ("Progress", "RejectedRecord", "Summary"),
    "templates": ("read_template",),
    "undoing": ("is_lengthy", "next_to_undo", "redo", "undo"),
    "vaults": ("VaultWritten", "export_to_vault"),
}

__all__ = [
    "DIGEST_FORMATS",
    "RELEVANCE",
    "SORT_FIELDS",
    "Annotation",
    "Curated",
    "Export",
    "ExportPreview",
    "Fate",
    "Finding",
    "Given",
    "Kept",
    "Label",
    "Pasted",
    "Preview",
    "Progress",
    "RejectedRecord",
    "Restored",
    "Rewritten",
    "Saved",
    "Statistics",
    "Summary",
    "Synced",
    "VaultWritten",
    "add_note",
    "anything_to_import",
    "back_up",
    "back_up_daily",
    "backups",
    "checked_query",
    "cite",
    "cite_several",
    "copy_of_day",
    "delete_list",
    "digest_since",
    "dismiss",
    "drop",
    "examine",
    "export",
    "export_to_file",
    "export_to_vault",
    "fate_of",
    "file_in",
    "find_list",
    "find_paper",
    "find_papers",
    "find_search",
    "find_source",
    "fitting",
    "forget_search",
    "format_names",
    "forms",
    "import_paths",
    "import_text",
    "is_lengthy",
    "keep",
    "list_labels",
    "make_list",
    "mark_read",
    "mark_unread",
    "mend",
    "merge_papers",
    "move_in_list",
    "move_list",
    "names",
    "next_to_undo",
    "open_sample",
    "options_of",
    "papers_of_query",
    "preview",
    "preview_export",
    "preview_vault",
    "query_of",
    "read_template",
    "recover_if_idle",
    "redo",
    "rejected",
    "relist",
    "remembered_by",
    "remove_papers",
    "remove_source",
    "rename_list",
    "rename_search",
    "render_digest",
    "restore",
    "restore_backup",
    "retag",
    "salvage_library",
    "save_search",
    "search",
    "search_stages",
    "set_note",
    "set_notes",
    "since_when",
    "sources",
    "split_paper",
    "statistics",
    "sync",
    "tag",
    "tag_labels",
    "toggle",
    "toggle_dismissed",
    "toggle_read",
    "undo",
    "untag",
    "with_options",
]


def __getattr__(name: str) -> object:
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
