"""Papers as text: one module a format, pure, and one writer that puts a text into a file whole or not at all.

Nothing here knows where papers come from. A new format is one module with a `render` and one row in `registry`.
"""
