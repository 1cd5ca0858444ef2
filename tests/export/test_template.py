"""Templates: the names of JSON, in a sandbox, with errors that name the line."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from export.kept import FULL, NASTY, kept, several
from reader.errors import LibraryError, UnreadableInput, UsageError
from reader.export import jsonl
from reader.export.template import LONGEST, compile_template
from reader.formats.tex import plain
from reader.paper import Paper, StoredPaper

DOCS = Path(__file__).parents[2] / "docs" / "templates"


def rendered(source: str, *papers: StoredPaper, name: str = "list.txt", title: str = "Bookmarks") -> str:
    return "".join(compile_template(source, name=name).render(papers, title=title))


def test_the_vocabulary_is_that_of_json() -> None:
    stored = kept(replace(FULL, keywords=("tea",)), tags=("a", "b"), note="Two\nlines")
    for name, value in jsonl.fields(stored).items():
        shown = rendered(f"{{% for paper in papers %}}{{{{ paper.{name} }}}}{{% endfor %}}", stored)
        assert shown == ("" if value is None else str(value))
    assert rendered("{{ title }} {{ papers|length }}", stored) == "Bookmarks 1"


def test_papers_can_be_gone_through_twice_and_end_where_there_are_none() -> None:
    source = "{% for paper in papers %}{{ paper.title }}{% else %}none{% endfor %}"
    assert rendered(source * 2, kept(Paper(title="A"))) == "AA"
    assert rendered(source) == "none"


def test_what_few_papers_have_is_nothing_and_no_error() -> None:
    assert rendered("{% for p in papers %}[{{ p.keywords }}{{ p.doi }}]{% endfor %}", kept(Paper(title="A"))) == "[]"


def test_blocks_leave_no_empty_lines_and_the_last_line_break_stays() -> None:
    assert (
        rendered("{% for p in papers %}\n{{ p.title }}\n{% endfor %}\n", *several([Paper(title="A")] * 2)) == "A\nA\n"
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("list.txt", "<b>"), ("list.j2", "<b>"), ("list", "<b>"), ("list.tex.j2", "<b>"), ("html", "<b>"),
        ("list.html", "&lt;b&gt;"), ("LIST.HTM.j2", "&lt;b&gt;"), ("list.xml.jinja2", "&lt;b&gt;"),
    ],
)  # fmt: skip
def test_text_is_escaped_where_the_template_is_markup(name: str, shown: str) -> None:
    source = "{% for p in papers %}{{ p.title }}{% endfor %}"
    assert rendered(source, kept(Paper(title="<b>")), name=name) == shown


@pytest.mark.parametrize("text", NASTY)
def test_the_filter_tex_escapes_for_latex(text: str) -> None:
    assert plain(f"{{{rendered('{{ title|tex }}{{ none|tex }}', title=text)}}}") == text


def test_nothing_in_a_text_acts_on_the_terminal() -> None:
    stored = kept(Paper(title="a\x1b[2J", authors=("b\u202e",)), note="c\x07\n\td")
    shown = rendered("{% for p in papers %}{{ p.title }}{{ p.authors|join }}{{ p.note }}{% endfor %}", stored)
    assert shown == "a␛[2Jb\ufffdc␇\n\td"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("one\n{% for paper in %}", "list.txt, line 2: "),
        ("{{ 1 +", "list.txt, line 1: "),
        ("one\n\n{{ titel }}", "list.txt, line 3: 'titel' is undefined (docs/jsonl.md lists the names)"),
        ("{% for p in papers %}\n{{ p.titel }}{% endfor %}", "list.txt, line 2: "),
        ("\n{{ 1 // 0 }}", "list.txt, line 2: "),
        ("{{ title + 1 }}", "list.txt, line 1: "),
        ("{% include '/etc/passwd' %}", "list.txt, line 1: "),
        ("{{ ''.__class__.__mro__ }}", "list.txt, line 1: "),
        ("{{ papers._papers }}", "list.txt, line 1: "),
        ("{{ papers.__iter__.__globals__ }}", "list.txt, line 1: "),
        ("{{ 'a' * 10000000 }}", "list.txt, line 1: a value of more than 1,000,000 characters"),
        ("{{ 10000000 * ['a'] }}", "list.txt, line 1: a value of more than"),
        ("{{ 9 ** 999 }}", "list.txt, line 1: a power beyond 64"),
        ("{% for n in range(1000000) %}{% endfor %}", "list.txt, line 1: "),
    ],
)
def test_what_is_wrong_is_one_line_that_names_the_place(source: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        rendered(source, kept(FULL))
    assert str(raised.value).startswith(said)
    assert raised.value.hint


def test_an_error_of_the_library_is_not_one_of_the_template() -> None:
    def broken() -> object:
        raise LibraryError("the library is gone")

    class Broken:
        def __iter__(self) -> object:
            return iter(broken, None)

    with pytest.raises(LibraryError):
        list(compile_template("{{ papers|list }}", name="t").render(Broken(), title=""))  # type: ignore[arg-type]


def test_a_template_has_a_limit() -> None:
    with pytest.raises(UsageError, match="has more than"):
        compile_template("x" * (LONGEST + 1), name="t")


def test_without_jinja2_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(UnreadableInput, match=r"pip install 'reader-for-papers\[templates\]'"):
        compile_template("", name="t")


@pytest.mark.parametrize("path", sorted(DOCS.iterdir()), ids=lambda path: path.name)
def test_the_templates_of_the_documentation_work(path: Path) -> None:
    papers = several([FULL, Paper(title="50% of {a} & b", abstract="#1_2")])
    papers[0] = replace(papers[0], note="Look\nat this", read=True)
    text = rendered(path.read_text(encoding="utf-8"), *papers, name=path.name, title="My list & more")
    assert "Ada van der Soup, Bo Bread Jr., Kettle Team" in text
    if ".tex" in path.suffixes:
        assert "\\section*{My list \\& more}" in text
        assert "\\item[50\\% of \\{a\\} \\& b]" in text
        assert text.count("{") == text.count("}")
    else:
        assert text.startswith("My list & more: 2 papers\n\n1. On Kettles (read)\n   Ada ")
        assert "\n   Note: Look\n   at this\n\n2. 50% of" in text


def test_a_template_that_is_nested_too_deeply_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="cannot be made into a program"):
        compile_template("{{ " + "(" * 300 + "1" + ")" * 300 + " }}", name="deep.txt")
    with pytest.raises(UsageError, match="made into a program"):
        compile_template("{{ " + "[" * 5_000 + "]" * 5_000 + " }}", name="deep.txt")
