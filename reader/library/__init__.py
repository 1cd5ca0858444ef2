"""The use cases, and so the Python API of the project: one function each, over one open `Store`.

This is the one place where formats, store, search and export meet. Time, paths and what the user decides are arguments;
nothing here draws, prints or asks.
"""

from reader.library.exporting import Export, export, export_to_file, export_to_folder
from reader.library.finding import RELEVANCE, SORT_FIELDS, find_paper, find_papers, ordered, search
from reader.library.health import Finding, Statistics, examine, statistics
from reader.library.importing import Progress, RejectedRecord, Summary, import_paths, import_text, recover_if_idle
from reader.library.keeping import Kept, drop, find_list, keep, redo, toggle, undo
from reader.library.sample import open_sample

__all__ = [
    "RELEVANCE",
    "SORT_FIELDS",
    "Export",
    "Finding",
    "Kept",
    "Progress",
    "RejectedRecord",
    "Statistics",
    "Summary",
    "drop",
    "examine",
    "export",
    "export_to_file",
    "export_to_folder",
    "find_list",
    "find_paper",
    "find_papers",
    "import_paths",
    "import_text",
    "keep",
    "open_sample",
    "ordered",
    "recover_if_idle",
    "redo",
    "search",
    "statistics",
    "toggle",
    "undo",
]
