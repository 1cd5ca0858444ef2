"""Days that no calendar has, and addresses and encodings that are none, are passed over wherever they are read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.formats.arxiv import day_of_iso_8601, day_of_rfc_822
from reader.formats.html_page import _decoded, host_of
from reader.formats.reading_list_facts import _date
from reader.formats.site_items import _day, _listed_on
from reader.paper import PartialDate


@pytest.mark.parametrize(
    ("read", "good", "bad"),
    [
        (day_of_rfc_822, "Thu, 29 Feb 2024 19:18:42 GMT", "Wed, 29 Feb 2023 19:18:42 GMT"),
        (day_of_iso_8601, "2024-02-29T17:59:49Z", "2023-02-29T17:59:49Z"),
        (_day, "2024-02-29T10:01:31.399Z", "2023-02-29T10:01:31.399Z"),
        (_date, "Feb 29, 2024", "Feb 30, 2024"),
    ],
)
def test_a_leap_day_is_read_and_one_that_was_not_is_passed_over(
    read: Callable[[str], PartialDate | None], good: str, bad: str
) -> None:
    assert (read(good), read(bad)) == (PartialDate(2024, 2, 29), None)


def test_what_is_no_item_was_listed_on_no_day() -> None:
    assert _listed_on(["2024-02-29"]) is None


def test_an_address_or_an_encoding_that_is_none_is_passed_over() -> None:
    assert (host_of("https://example.org/a"), host_of("http://[::1")) == ("example.org", "")
    assert _decoded("é".encode(), "no-such-encoding") == "é"
