"""Tests of `reader.app`."""
