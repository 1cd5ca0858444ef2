"""What a query asks for, and what is said of the parts that are not understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.fields import BY_NAME, FIELDS, OPERATORS
from reader.search.parsing import DEEPEST, in_order, parse, quoted
from reader.search.query import And, Filter, Identifier, Node, Not, Or, Phrase, Saved, Word, leaves
from reader.search.words import LONGEST_QUERY, MOST_TOKENS


def shape(node: Node | None) -> str:
    """A tree in one line: `+` for all, `|` for any, `~` for a word that may still grow."""
    match node:
        case None:
            return ""
        case Word(text, _, field, growing):
            return f"{field}:{text}" * bool(field) + text * (not field) + "~" * growing
        case Phrase(words, field):
            text = " ".join(word.text for word in words) + "~" * words[-1].growing
            return f"{field}:" * bool(field) + f'"{text}"'
        case Filter(field, value):
            return f"{field}={value}"
        case Identifier(text):
            return f"<{text}>"
        case Not(inner):
            return f"-{shape(inner)}"
        case And(nodes):
            return "(" + " + ".join(map(shape, nodes)) + ")"
        case Or(nodes):
            return "(" + " | ".join(map(shape, nodes)) + ")"
        case Saved(name):
            return f"@{name}"
    raise AssertionError(node)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", ""),
        ("Neural  tangent ", "(neural + tangent)"),
        ("neural tang", "(neural + tang~)"),
        ('"neural tangent" kernel ', '("neural tangent" + kernel)'),
        ("“neural tangent” kernel ", '("neural tangent" + kernel)'),
        ('kernel "neural tan', '(kernel + "neural tan~")'),
        ("-survey kernel ", "(-survey + kernel)"),
        ('-"a survey" -tag:done -(a or b) ', '(-"a survey" + -tag=done + -(a | b))'),
        ("a b or c d ", "((a + b) | (c + d))"),
        ("a OR b or c ", "(a | b | c)"),
        ("(a or b) c ", "((a | b) + c)"),
        ("((a or b ", "(a | b)"),
        ("title:kernel author:noether ", "(title:kernel + author:noether)"),
        ("TITLE:kernel", "title:kernel~"),
        ('abstract:"lower bound" ', 'abstract:"lower bound"'),
        ("title:(a or -b) c ", "((title:a | -title:b) + c)"),
        ("title:non-linear ", "(title:non + title:linear)"),
        ('list:"to read" tag:todo ', "(list=to read + tag=todo)"),
        ('list:"to re', "list=to re"),
        ("year:2021", "published=2021..2022"),
        ("year:2019..2022", "published=2019..2023"),
        ("year:2022..2019", "published=2019..2023"),
        ("year:2019..", "published=2019.."),
        ("year:..2022", "published=..2023"),
        ("year:9999", "published=9999.."),
        ("after:2024-06 before:2024-06-30", "(published=2024-06.. + published=..2024-06-30)"),
        ("is:unread has:code", "(is=unread + has=code)"),
        ("is:dis", "is=dismissed"),
        ("2301.00010 x ", "(<2301.00010> + x)"),
        ("arXiv:hep-th/9901001 ", "<arXiv:hep-th/9901001>"),
        ("https://arxiv.org/abs/2301.00010v2", "<https://arxiv.org/abs/2301.00010v2>"),
        ("10.1000/182 ", "<10.1000/182>"),
        ("non-linear it's c++ 3D π 100times ", "((non + linear) + (it + s) + c + 3d + π + 100times)"),
        ("deep -- learning - x ", "(deep + learning + x)"),
        ("深層学習 ", "深層学習"),
        ("Note: a remark ", "(note + a + remark)"),
        ("BERT: pre-training ", "(bert + (pre + training))"),
        ("foo:bar ", "(foo + bar)"),
        ("O(n) ", "(o + n)"),
        ("sort:date kernel ", "kernel"),
        ("((()))", ""),
        ('@mine -@"not mine" a@b ', "(@mine + -@not mine + (a + b))"),
    ],
)
def test_a_query_becomes_a_tree(query: str, tree: str) -> None:
    assert shape(parse(query).tree) == tree


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        ("kernel or", "or", "stands between"),
        ("or kernel", "or", "stands between"),
        ("kernel)", ")", "closes nothing"),
        ("tag:", "tag:", "waits for what follows"),
        ("kernel year:20x1 x", "year:20x1", "a year or two"),
        ("after:june", "after:june", "a day such as"),
        ("before:--07-31", "before:--07-31", "a day such as"),
        ("is:red", "is:red", "one of bookmarked, unread"),
        ("sort:size", "sort:size", "one of relevance, date"),
        ("kernel -or", "-", "waits for what is not wanted"),
        ("kernel -(", "(", ""),
        ("???", "???", "no word in it"),
        ('"…" kernel', '"…"', "no word in it"),
        ("ﾞ", "ﾞ", "no word in it"),  # the voiced sound mark alone: folding leaves nothing of it
    ],
)
def test_what_is_not_understood_is_named_in_place_and_the_rest_is_used(query: str, place: str, message: str) -> None:
    parsed = parse(query)

    found = [problem for problem in parsed.problems if message in problem.message]
    assert [query[problem.start : problem.end] for problem in found] == ([place] if message else [])
    assert (parsed.tree is not None) == ("kernel" in query or " x" in query)


def test_the_last_order_asked_for_counts() -> None:
    assert parse("kernel sort:date").sort == "date"
    assert parse("sort:date sort:title").sort == "title"
    assert parse("kernel").sort is None


def test_long_and_deep_queries_are_cut_with_a_word() -> None:
    many = parse(" ".join(f"w{n}" for n in range(200)))
    assert len(list(leaves(many.tree))) == MOST_TOKENS
    assert "words are looked for" in many.problems[0].message

    long = parse("x" * (LONGEST_QUERY + 10))
    assert [each.text for each in leaves(long.tree) if isinstance(each, Word)] == ["x" * LONGEST_QUERY]
    assert "characters are read" in long.problems[0].message

    deep = parse("(" * (DEEPEST + 5) + "x")
    assert any("brackets" in problem.message for problem in deep.problems)


def test_what_stands_under_a_not_is_no_leaf_to_be_shown() -> None:
    tree = parse("a -b (c or -d) -(e f) ").tree
    assert [leaf.text for leaf in leaves(tree) if isinstance(leaf, Word)] == ["a", "c"]


def test_every_example_of_the_language_is_understood() -> None:
    for example in [field.example for field in FIELDS] + [example for example, _ in OPERATORS]:
        parsed = parse(example)
        assert parsed.problems == ()
        assert parsed.tree is not None or parsed.sort is not None


PIECES = st.sampled_from(
    [
        *'()"-: \t“”.*\\',
        "or ",
        "OR",
        " a",
        "kernel",
        "é深",
        "2301.00010",
        *(f"{name}:" for name in BY_NAME),
        "2021",
        "..",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=40).map("".join))
def test_nothing_typed_ever_raises_and_every_problem_has_a_place(query: str) -> None:
    parsed = parse(query)

    assert parsed.text == query
    assert all(0 <= problem.start < problem.end <= len(query) for problem in parsed.problems)


@pytest.mark.parametrize(
    ("query", "order", "expected"),
    [
        ("", "date", "sort:date"),
        ("kernel", "date", "kernel sort:date"),
        ("kernel ", "date", "kernel sort:date"),
        ("sort:title kernel", "date", "kernel sort:date"),
        ('kernel sort:"date" -survey', "added", "kernel -survey sort:added"),
        ("kernel sort:date", None, "kernel"),
        ("sort:date", None, ""),
        ("a  b", None, "a  b"),
        ("sorted sort of", "date", "sorted sort of sort:date"),
    ],
)
def test_an_order_is_put_into_a_query_instead_of_the_one_there(query: str, order: str | None, expected: str) -> None:
    assert in_order(query, order) == expected
    assert parse(expected).sort == order


@pytest.mark.parametrize("name", ["todo", "to read", "a (b)", "cs.LG", "-x", "@x", "Über", "or"])
def test_a_quoted_name_is_read_as_that_name(name: str) -> None:
    for query in (f"tag:{quoted(name)}", f"-tag:{quoted(name)}", f"@{quoted(name)} x"):
        tree = parse(query).tree
        nodes = tree.nodes if isinstance(tree, And) else (tree,)
        leaf = nodes[0].node if isinstance(nodes[0], Not) else nodes[0]
        assert isinstance(leaf, Filter | Saved)
        assert (leaf.value if isinstance(leaf, Filter) else leaf.name) == name


def test_of_a_name_with_a_quotation_mark_the_beginning_is_kept() -> None:
    assert quoted('a "b" c') == "a"


@pytest.mark.parametrize(
    ("query", "tree", "message"),
    [
        ("a @", "a", "@ waits for the name of a saved search"),
        ('@"  " b', "b~", "@ waits for the name of a saved search"),
    ],
)
def test_what_waits_for_more_is_said(query: str, tree: str, message: str) -> None:
    found = parse(query)
    assert (shape(found.tree), [each.message for each in found.problems]) == (tree, [message])
