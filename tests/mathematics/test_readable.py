"""Mathematics as it is read: what the closed rules convert, and all that they leave as it came."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.mathematics import as_read, readable
from reader.mathematics.edits import Emphasis, applied

CONVERTED = [
    (r"a remarkable 11\% improvement", "a remarkable 11% improvement"),
    (r"the Poincar\'e ball", "the Poincaré ball"),
    (r"Pl\"{u}cker", "Plücker"),
    (r"sparse view 360{\deg}", "sparse view 360°"),
    ("360^circ domain", "360° domain"),
    ("by up to 7.93times over PyTorch", "by up to 7.93× over PyTorch"),
    ("Fully 1times1 Convolutional Network", "Fully 1×1 Convolutional Network"),
    ("bounded F_{1}-norm", "bounded F₁-norm"),
    ("we find that eta^{ast} is", "we find that η* is"),
    (r"leading to an {\bf 8.2\%} perplexity", "leading to an 8.2% perplexity"),
    ("softmax(XQK^top X^top)", "softmax(XQKᵀ Xᵀ)"),
    ("some feature map varphi, using", "some feature map φ, using"),
    ("errors below O(10^{-5})", "errors below O(10⁻⁵)"),
    ("U^2-Net^{dagger}", "U²-Net†"),
    ("f_theta", "f_θ"),
    ("the ``tensor-type'' attention", "the “tensor-type” attention"),
    ("R^d rightarrow R", "Rᵈ → R"),
    (r"$\sqrt   2$", "√2"),
    (r"$a\,b\quad c$", "a b  c"),
    (r"${\bf x} + \text{on}_2$", "x + on₂"),
    ("$x^{†}$", "x†"),
    (r"\url{http://a.b/c_d} and $x_1$", "http://a.b/c_d and x₁"),
]
UNCHANGED = [
    "gamma correction", "omegaGCN", "muP",
    "a power of depth times width", "5 to 10 times faster",
    "an O(log n{mu}) upper bound",
    "converges … at a O(1{t}) rate",
    "rho_h^{D}(x)=1{n h^d}sum_{i=1}^n Kleft(x-y_i{h}right)",
    "https://github.com/tianyic/only_train_once.",
    "HyperZcdotZcdotW",
    "0.11~0.18dB", "~254x", "work~nichani2023provable",
    r"$\hat\hat x$", r"$\hat{ab}$", r"$\hat{1}$",
    "$" + "{" * 30 + "x" + "}" * 30 + "$", "$" + r"\sqrt{" * 30 + "x" + "}" * 30 + "$",
    "up to 99% accuracy",
    "i.e., $ f(X)=W_3exp(…), Xin C^{dtimes d} have",
    "depth of sim 20", "sim30%",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "read"), CONVERTED)
def test_residue_is_read(typed: str, read: str) -> None:
    assert as_read(typed) == read


@pytest.mark.parametrize("typed", UNCHANGED)
def test_what_is_damaged_or_may_be_english_or_a_name_stays_as_it_came(typed: str) -> None:
    assert readable(typed).text == typed
    assert not readable(typed).edits


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"$\alpha$-divergence", "α-divergence"),
        (r"\alpha-divergence", "α-divergence"),
        (r"$\frac{a}{b}$", "a/b"),
        (r"$\frac{a+b}{2c}$", "(a+b)/2c"),
        (r"at $\mathcal{O}(n\log n)$ cost", "at O(n log n) cost"),
        (r"$x\in\mathbb{R}^d$", "x ∈ ℝᵈ"),
        (r"$x \in \mathbb{R}^{d \times n}$", "x ∈ ℝ^{d × n}"),
        (r"$H\times W$", "H×W"),
        (r"$2 \times 3$", "2 × 3"),
        (r"$\sqrt{n}$ and $\sqrt{n+1}$", "√n and √(n+1)"),
        (r"$\hat{x}_i$", "x̂ᵢ"),
        (r"360$^\circ$ and CO$_2$", "360° and CO₂"),
        (r"$\left(\frac{1}{t}\right)$", "(1/t)"),
        (r"$\|x\|_2 \leq 10^{-5}$", "‖x‖₂ ≤ 10⁻⁵"),
        (r"Erd\H{o}s and R\'enyi, Stra{\ss}e, na\"{\i}ve", "Erdős and Rényi, Straße, naïve"),
        (r"\emph{very} good, \textbf{bold}", "very good, bold"),
        (r"$p_\theta(x \mid z)$", "p_θ(x | z)"),
        (r"\(n^2\) and \[m_1\]", "n² and m₁"),
        (r"up to $\approx 5\times$", "up to ≈ 5×"),
        ("{approx}5{times} faster, 1920times1080", "≈5× faster, 1920×1080"),
    ],
)
def test_real_latex_comes_through_the_same_door(typed: str, read: str) -> None:
    assert as_read(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        r"$\foo{x} + \alpha$",
        r"$\begin{cases} 1 \\ 2 \end{cases}$",
        r"\cite{someone2020} and \ref{fig:1}",
        r"$\sqrt[3]{x}$",
        r"$a & b$",
        r"$\frac{a}$",
        r"$x^{$",
        r"\alpha{unbalanced",
    ],
)
def test_a_formula_of_which_a_part_is_not_understood_stays_whole(typed: str) -> None:
    assert readable(typed).text == typed


@pytest.mark.parametrize(
    "typed",
    [
        "$5 and $10",
        "costs $5-$10 or US$3 to A$4",
        "from $5, or 10$ more",
        "$1.5M-$2M",
        "a $10^6 budget",
        "between $5-$ and more",
        r"paid \$5",
    ],
)
def test_money_stays_money(typed: str) -> None:
    assert readable(typed).text == typed


@pytest.mark.parametrize(
    "typed",
    [
        "src/a_1/x^2.py", "x_1.py", "my_variable_1", "self.x_1", "`x_1` and `L^2`", "--flag_x", "a_b@example.org",
        r"C:\alpha\beta", "/tmp/x_1", "std::x_1", "__init__", "data_1", "W_3exp", "n^2d", "d_model",
        "huggingface.co/a/x_1", "times2vec", "overtimes", "it's", r"don\'t, it\'s and we\'re", r"\"all\" of it",
        "x_{max pool}", "C^{dtimes d}", "{Experiments show}", "``one side only",
    ],
)  # fmt: skip
def test_names_paths_code_and_quotations_stay(typed: str) -> None:
    assert readable(typed).text == typed


def test_what_its_author_set_apart_keeps_its_emphasis() -> None:
    read = readable(r"an {\bf 8.2\%} gain, \emph{very} good, {\tt code}")
    assert read.text == "an 8.2% gain, very good, code"
    assert list(read.emphasis) == [Emphasis(3, 7, "bold"), Emphasis(14, 18, "italic")]


@pytest.mark.parametrize(
    ("typed", "part", "shown"),
    [
        ("the L^2 norm", "norm", "norm"),
        ("the L^2 norm", "L", "L"),
        ("the L^2 norm", "2", "²"),
        ("the L^2 norm", "L^2", "L²"),
        (r"the Poincar\'e ball", "Poincar", "Poincar"),
        (r"the Poincar\'e ball", "e ball", "é ball"),
        (r"an {\bf 8.2\%} gain", "8.2", "8.2"),
        (r"an {\bf 8.2\%} gain", "gain", "gain"),
        ("at 360^circ views", "circ", "°"),
        (r"$\alpha + x$ then", "alpha", "α"),
        (r"$\alpha + x$ then", "then", "then"),
    ],
)
def test_a_part_of_what_was_typed_is_found_in_what_is_shown(typed: str, part: str, shown: str) -> None:
    read, at = readable(typed), typed.index(part) if part != "e ball" else typed.index("e ball", 8)
    start, end = read.shown(at, at + len(part))
    assert read.text[start:end] == shown


_PIECES = st.sampled_from(
    [
        "L", "^", "_", "{", "}", "$", "\\", "2", "-5", " ", "alpha", "theta", "times", "frac", "{a}", "{b}", r"\alpha",
        r"\frac", r"\'e", r"\%", "``", "''", r"{\bf ", r"\emph{", "5", ".", "(", ")", "top", "circ", "word", "é", "²",
        r"\left", r"\times", r"\in", r"\mathbb{R}", "https://x.org/a_1", "`", "x_1", "~", "{\\deg}",
    ]
)  # fmt: skip
TEXTS = st.lists(_PIECES, max_size=14).map("".join) | st.text(max_size=60)


@given(TEXTS)
@example("{\\em {\\bf x^{2}}}")
@example(r"\$5 and x\$ y")
def test_reading_never_raises_and_twice_is_once(text: str) -> None:
    once = as_read(text)
    assert as_read(once) == once


@given(TEXTS)
def test_edits_are_in_order_and_make_the_text(text: str) -> None:
    read = readable(text)
    at = 0
    for edit in read.edits:
        assert at <= edit.start <= edit.end
        at = edit.end
    assert applied(text, 0, len(text), read.edits) == read.text
    assert all(0 <= mark.start <= mark.end <= len(read.text) for mark in read.emphasis)


@given(TEXTS)
def test_no_letter_is_lost_that_no_rule_replaced(text: str) -> None:
    read = readable(text)
    for edit in read.edits:
        replaced = text[edit.start : edit.end]
        assert (
            set(replaced) & set("\\^_{}$`'~")
            or "times" in replaced
            or replaced in {"varphi", "rightarrow"}
            or (edit.text in "αβγδεθλμπσφψωℓΘΩη⋯∘ϑΓΔ")
        )
        if not edit.text and "\\" not in replaced:
            assert not any(letter.isalnum() for letter in replaced)


@given(
    st.lists(st.sampled_from(["https://a.org/x_1^2", "https://b.io/{a}_n/\\%", "http://c.d/$x$"]), max_size=3), TEXTS
)
def test_addresses_are_untouched(urls: list[str], text: str) -> None:
    joined = " ".join([*urls, text.replace("$", "").replace("`", "")])
    assert as_read(joined).startswith(" ".join(urls))


@given(st.text(alphabet="abc XYZ éß日本.,;:!?-+=<>()[]0123456789%&'\"", max_size=200))
def test_text_without_residue_is_given_back_itself(text: str) -> None:
    assert readable(text).text is text


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_every_part_of_a_text_has_its_place(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    shown_start, shown_end = readable(text).shown(start, end)
    assert 0 <= shown_start <= len(readable(text).text)
    assert 0 <= shown_end <= len(readable(text).text)
    if start < end:
        assert shown_start <= shown_end


@pytest.mark.parametrize("part", ["{", "{a", r"\alpha{", r"$\frac{", r"{\em ", "``a"])
def test_long_and_broken_texts_stay_as_they_came(part: str) -> None:
    text = part * (20_000 // len(part))
    assert as_read(text) == text


def test_an_accent_on_a_letter_that_never_bears_it_stays_as_it_was_written() -> None:
    assert readable(r"Na{\"i}ve {\"q}").text == r"Naïve {\"q}"
