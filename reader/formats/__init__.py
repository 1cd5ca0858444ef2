"""Text to papers: one module a format, chosen by what the text says, read as a stream.

Nothing is invented: what cannot be read as a paper comes out as `Rejected`, with its line and the reason.
"""

from reader.formats.detection import named, names, read
from reader.formats.reading import Page, Reading, Rejected

__all__ = ["Page", "Reading", "Rejected", "named", "names", "read"]
