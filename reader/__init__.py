"""A terminal reader for research papers: keep, find and export abstracts from a local library.

The Python API of the project is `reader.library`; `reader.cli` and `reader.app` are its two front ends.
"""

__version__ = "0.1.0"
