"""Accents and letters of LaTeX: what it prints, and nothing that it does not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.mathematics.accents import accents_to_unicode


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (r"Poincar\'e", "Poincaré"),
        (r"Pl\"{u}cker", "Plücker"),
        (r"{\'E}mile", "Émile"),
        (r"{\'{e}}", "é"),
        (r"Fran\c{c}ois", "François"),
        (r"Fran\c cois", "François"),
        (r"Dvo\v{r}\'ak", "Dvořák"),
        (r"S\o ren", "Søren"),
        (r"S{\o}ren", "Søren"),
        (r"S\o{}ren", "Søren"),
        (r"\O{}sterg\aa{}rd", "Østergård"),
        (r"{\AA}ngstr{\"o}m", "Ångström"),
        (r"Stra\ss e", "Straße"),
        (r"Micha{\l} {\L}o\'s", "Michał Łoś"),
        (r"Garc{\'\i}a", "García"),
        (r"Garc\'{\i}a", "García"),
        (r"na\"\i ve", "naïve"),
        (r"Erd{\H o}s", "Erdős"),
        (r"Erd\H{o}s", "Erdős"),
        (r"W\k{a}s", "Wąs"),
        (r"\k{\i}", "į"),
        (r"Pe\~na", "Peña"),
        (r"Nowak-\.Zyga", "Nowak-Żyga"),
        (r"\=a", "ā"),
        (r"Erdo\u{g}an", "Erdoğan"),
        (r"\r{U}", "Ů"),
        (r"\d{s}\b{d}", "ṣḏ"),
        (r"\`a \^e \"\i", "à ê ï"),
        (r"\'{\^a}", "ấ"),
        (r"\'{\aa}", "ǻ"),
        (r"\v{q}", "q\u030c"),
        (r"{\ae}{\OE}{\ss}{\th}{\DH}", "æŒßþÐ"),
        ("P.~Erdos", "P. Erdos"),
        ("{van der Berg}", "van der Berg"),
        ("{{{Deep}}}", "Deep"),
        (r"{\'\i}$\'e$", r"í$\'e$"),
    ],
)
def test_what_latex_prints(text: str, printed: str) -> None:
    assert accents_to_unicode(text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Émile Zola",
        "E\u0301mile",  # not composed, and nothing to convert
        r"\cc",
        r"\copyright",
        r"\v{st}",
        r"\'{}",
        r"\'{1}",
        r"\'\a",
        r"\mathcal{A}",
        r"\frac{a}{b}",
        r"\sqrt[3]{x}",
        r"{\em Deep}",
        r"x_{i}^{2}",
        r"\\'e",
        r"\{a\}",
        r"$\'e {x} a~b$",
        r"\$5",
        "{a",
        "a}",
        "}{",
        "~a~ ~",
        "https://x.org/~me",
        r"\LaTeX{} code",
        "\\",
        "{" * 40 + "e" + "}" * 40,
    ],
)
def test_what_is_not_in_the_tables_stays_as_it_came(text: str) -> None:
    assert accents_to_unicode(text) == text


def test_the_argument_of_an_unknown_command_keeps_its_braces_and_loses_its_accents() -> None:
    assert accents_to_unicode(r"\foo{\'e}{\o}") == r"\foo{é}{ø}"


names = st.text(st.sampled_from("\\{}~$'\"`^.=cvHukrdbtijoOlLsae 1_é\u0301\u1fef"), max_size=24)


@given(names | st.text())
def test_converting_twice_changes_nothing_more(text: str) -> None:
    once = accents_to_unicode(text)
    assert accents_to_unicode(once) == once


@given(st.text(st.characters(exclude_characters="\\{}~")))
def test_plain_text_is_unchanged(text: str) -> None:
    assert accents_to_unicode(text) == text


@given(st.sampled_from("aeiouAEIOUcnszg"), st.sampled_from("`'^\"~=."), st.sampled_from(["{}", "", "{{}}"]))
def test_every_spelling_of_an_accent_is_composed_and_the_same(letter: str, sign: str, braces: str) -> None:
    argument = braces[: len(braces) // 2] + letter + braces[len(braces) // 2 :]
    found = accents_to_unicode(f"\\{sign}{argument}")
    assert found == unicodedata.normalize("NFC", found)
    assert found == accents_to_unicode(f"{{\\{sign}{letter}}}")
    assert unicodedata.normalize("NFD", found)[0] == letter


@pytest.mark.parametrize("piece", ["{", "}", "\\", "$", "\\a", "{ ", "\\'{", "\\v ", "}  {", "{a$"])
def test_hostile_names_are_read_in_one_go(piece: str) -> None:
    once = accents_to_unicode(piece * 100_000)  # a quadratic reading would take hours
    assert accents_to_unicode(once) == once
