"""Tests of `reader.export`."""
