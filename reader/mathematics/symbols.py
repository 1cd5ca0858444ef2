"""The symbols that mathematics is read with: what each command of LaTeX prints, and the scripts that Unicode has.

Only tables, and what follows from them letter by letter; `formulas` and `mathematics` say where they apply.

Source: the symbols of "LaTeX: A Document Preparation System", section 3.3, and "The Unicode Standard", chapter 7.8
(superscripts and subscripts) and 22 (symbols).
"""

from __future__ import annotations

import unicodedata

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
"""The Greek letters by their names."""

MARKS = {
    "circ": "°", "top": "ᵀ", "ast": "*", "star": "⋆", "dagger": "†", "ddagger": "‡", "prime": "′", "deg": "°",
}  # fmt: skip
"""What stands raised by itself, by the names of its commands."""

LETTERLIKE = {
    **GREEK, "ell": "ℓ", "infty": "∞", "partial": "∂", "nabla": "∇", "hbar": "ℏ", "emptyset": "∅", "varnothing": "∅",
    "forall": "∀", "exists": "∃", "sum": "∑", "prod": "∏", "int": "∫", "ldots": "…", "dots": "…", "cdots": "⋯",
    "top": "⊤", "bot": "⊥", "prime": "′", "dagger": "†", "ddagger": "‡", "angle": "∠", "neg": "¬", "lnot": "¬",
    "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "langle": "⟨", "rangle": "⟩", "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊",
    "rfloor": "⌋", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "vert": "|", "degree": "°",
    "textdegree": "°", "S": "§", "pounds": "£", "copyright": "©", "checkmark": "✓", "square": "□", "Box": "□",
    "triangle": "△", "lbrace": "{", "rbrace": "}", "colon": ":",
}  # fmt: skip
"""Symbols that stand where a letter would."""

OPERATORS = {
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "ast": "*", "star": "⋆", "circ": "∘", "oplus": "⊕",
    "otimes": "⊗", "odot": "⊙", "cup": "∪", "cap": "∩", "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨",
    "lor": "∨", "bullet": "•", "sqcup": "⊔",
}  # fmt: skip
"""Symbols between two operands, with the spaces that were typed."""

RELATIONS = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "neq": "≠", "ne": "≠",
    "approx": "≈", "sim": "∼", "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "ll": "≪", "gg": "≫",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "mid": "|",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐",
    "Leftrightarrow": "⇔", "longrightarrow": "⟶", "mapsto": "↦", "implies": "⇒", "iff": "⇔", "lesssim": "≲",
    "gtrsim": "≳", "perp": "⊥", "parallel": "∥", "prec": "≺", "succ": "≻", "preceq": "⪯", "succeq": "⪰",
    "uparrow": "↑", "downarrow": "↓", "lt": "<", "gt": ">",
}  # fmt: skip
"""Symbols between two sides, with a space at each."""

FUNCTIONS = frozenset({
    "arccos", "arcsin", "arctan", "arg", "argmax", "argmin", "cos", "cosh", "cot", "coth", "det", "dim", "exp",
    "gcd", "hom", "inf", "ker", "lim", "ln", "log", "max", "min", "mod", "Pr", "sec", "sin", "sinh", "sup", "tan",
    "tanh",
})  # fmt: skip
"""Functions that are printed by their names."""

FONTS = frozenset({
    "mathbb", "mathcal", "mathbf", "mathrm", "mathsf", "mathit", "mathtt", "mathfrak", "mathscr", "boldsymbol", "bm",
    "operatorname", "text", "textrm", "textbf", "textit", "textsf", "texttt", "textsc", "textnormal", "mbox", "emph",
    "mathop", "ensuremath", "hbox", "bf", "rm", "it",
})  # fmt: skip
"""Commands that only say in which letters their argument is printed."""

ACCENTS = {"hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
           "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7", "check": "\u030c",
           "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a"}  # fmt: skip
"""The combining character of each accent of mathematics."""

SIZES = frozenset({
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle",
})  # fmt: skip
"""Commands that only say how large the bracket after them is."""

SPACES = {"quad": " ", "qquad": " ", ",": " ", ";": " ", ":": " ", "!": "", " ": " ", ">": " ", "thinspace": " "}
"""White space by its commands."""

DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
"""The letters of number sets that every font has."""

ACCENT_MARKS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
"""The combining character of each accent command."""

ACCENT_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ",
    "NG": "Ŋ",
}  # fmt: skip
"""What the commands for single letters print."""

_PLAIN = "0123456789+-=()"
SUPERSCRIPTS = {
    **dict(zip(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", strict=True)),
    **dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
    **dict(zip("ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True)),
    **dict(zip("βγδθφχ", "ᵝᵞᵟᶿᵠᵡ", strict=True)),
    "−": "⁻",
}
"""What stands raised, of each character that Unicode has so."""
SUBSCRIPTS = {
    **dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)),
    **dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    **dict(zip("βγρφχ", "ᵦᵧᵨᵩᵪ", strict=True)),
    "−": "₋",
}
"""The same lowered."""

_RAISED = frozenset(MARKS.values())


def script(sign: str, text: str) -> str | None:
    """A text raised (`^`) or lowered (`_`); None where Unicode has not all of it so.

    A single sign that has no such form, as θ under a letter, keeps the mark that it was typed with: "f_θ".
    """
    if sign == "^" and text in _RAISED:
        return text
    table = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
    if text and all(character in table for character in text):
        return "".join(table[character] for character in text)
    return sign + text if len(text) == 1 and not text.isascii() else None


def accented(letter: str, name: str) -> str | None:
    """A single letter under an accent of mathematics; None where it is none."""
    if len(letter) != 1 or not letter.isalpha():
        return None
    return unicodedata.normalize("NFC", letter + ACCENTS[name])
