"""Tests of `reader.cli`."""
