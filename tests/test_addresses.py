"""Where a paper can be read, and what is no address."""

from __future__ import annotations

import pytest

from reader.addresses import addresses, is_web_address, main_address, searches
from reader.paper import Paper


def test_code_comes_first_then_where_the_text_is_each_once() -> None:
    paper = Paper(
        title="a",
        arxiv_id="2512.00001",
        doi="10.1000/x(1)",
        url="https://arxiv.org/abs/2512.00001v2",
        links=("https://a.org/demo", "https://github.com/a/b", "https://arxiv.org/abs/2512.00001"),
    )
    assert [(each.kind, each.url) for each in addresses(paper)] == [
        ("Code", "https://github.com/a/b"),
        ("arXiv", "https://arxiv.org/abs/2512.00001"),
        ("DOI", "https://doi.org/10.1000/x(1)"),
        ("PDF", "https://arxiv.org/pdf/2512.00001"),
        ("Link", "https://a.org/demo"),
    ]
    assert main_address(paper) == "https://arxiv.org/abs/2512.00001"


def test_a_paper_may_have_no_address_and_is_searched_for_by_its_title_as_it_is_read() -> None:
    paper = Paper(title=r"On the Poincar\'e Ball & More")
    assert addresses(paper) == ()
    assert main_address(paper) is None
    assert [each.url for each in searches(paper)] == [
        "https://arxiv.org/search/?query=On+the+Poincar%C3%A9+Ball+%26+More&searchtype=title",
        "https://scholar.google.com/scholar?q=%22On+the+Poincar%C3%A9+Ball+%26+More%22",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.org/x",
        "https://",
        "https://user@evil.org/",
        "https://a.org/\x1b]8;;",
        "https://a.org/a b",
        "https://[broken",
        "-https://a.org",
        "",
    ],
)
def test_what_is_no_web_address_is_never_given(url: str) -> None:
    assert not is_web_address(url)
    assert addresses(Paper(title="a", url=url, links=(url,))) == ()


def test_http_and_https_are() -> None:
    assert is_web_address("http://a.org")
    assert is_web_address("https://a.org:8080/x?y=1#z")
