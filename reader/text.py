"""Pure functions over text: folding for comparison, and making what cannot be seen visible.

Nothing here knows of papers. What was imported is stored as it came; these functions are applied when text is compared,
indexed or shown.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence

URL = re.compile(r"https?://[^\s<>\"`{}|\\^]+")
_URL_TAIL = ".,;:!?'*_~"
_CODE_HOSTS = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.[\w.]+|bitbucket\.org|codeberg\.org)/[^/\s]+/[^/\s]+", re.IGNORECASE
)

_UNSPACED = "[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""A letter of Thai, Lao, Japanese or Chinese; compiled when first searched for: that takes over a millisecond."""

# One visible character for each that would act on a terminal or hide: C0, DEL, C1, line and paragraph separators, the
# bidirectional controls of Unicode's UAX #9, what stands between characters unseen, and tags, which can hold whole
# sentences that nobody sees. The joiners U+200C and U+200D stay: Persian and families of emoji need them. One for one,
# so that character positions stay valid.
_INVISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys((0x2028, 0x2029), "\u2424"),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF), "\ufffd"),
    **dict.fromkeys((0x180E, 0x200B, *range(0x2060, 0x2066), *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC)), "\ufffd"),
    **dict.fromkeys(range(0xE0000, 0xE0080), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_LONG = 200
_ASCII_WHITE = b"\t\n\v\f\r\x1c\x1d\x1e\x1f"
_ASCII_CONTROLS = bytes([*range(0x20), 0x7F])
_LAYOUT = re.compile("([\n\t])")
_NEEDS_REPLACING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


# What terminals measure differently: sequences that some draw as one sign and others as several. Without the characters
# that join and change (Unicode's UTS #51, section 1.4), each sign has the width that it has by itself everywhere.
_UNSTEADY = re.compile("[\u200d\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
_FLAG_LETTERS = {0x1F1E6 + place: chr(ord("A") + place) for place in range(26)}
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]")

LONGEST_NAME = 100
"""Characters of the name of a reading list, a tag or a saved search."""


def is_name(text: str) -> bool:
    """Whether a text with its white space collapsed can name a reading list, a tag or a saved search."""
    return 0 < len(text) <= LONGEST_NAME and text.isprintable()


def as_note(text: str) -> str | None:
    """A text as the note that is kept of it, without white space around it; None where nothing is left."""
    plain = text.encode(errors="replace").decode()  # a shell hands over bytes that are no text as surrogates
    return plain.replace("\r\n", "\n").strip() or None


def collapse(text: str) -> str:
    """The text with every run of white space as one space, and none at its ends."""
    if len(text) < _LONG:
        return " ".join(text.split())
    if _is_collapsed(text):
        return text
    if text.isascii():  # an abstract broken into lines: splitting it into words costs five times more
        flat = " ".join(map(str.strip, text.strip().splitlines()))
        if _is_collapsed(flat):
            return flat
    return " ".join(text.split())


def _is_collapsed(text: str) -> bool:
    """Whether nothing is to be done: of a long text that costs a quarter of taking it apart."""
    if not text or "  " in text or text[0] == " " or text[-1] == " ":
        return False
    if not text.isascii():
        return text.isprintable()  # of all white space only the space is
    return len(text.encode().translate(None, _ASCII_WHITE)) == len(text)


def fold(text: str) -> str:
    """The form in which two spellings of one text are equal: NFKC, case-folded, white space collapsed.

    Folding twice changes nothing more (Unicode 15, section 3.13, "toNFKC_Casefold" without its ignorables).
    """
    if text.isascii():
        return collapse(text.lower())
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isascii():
        return collapse(folded)
    return collapse(unicodedata.normalize("NFKC", unicodedata.normalize("NFD", folded).casefold()))


def strip_accents(text: str) -> str:
    """The text without combining marks, so that "Poincaré" is found by "poincare"."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that sets no spaces between words, so that it may hold other words."""
    return not word.isascii() and re.search(_UNSPACED, word) is not None


def visible(text: str) -> str:
    """The text with control and direction-changing characters replaced by visible ones, one for one."""
    if text.isascii() and len(text.encode().translate(None, _ASCII_CONTROLS)) == len(text):
        return text  # which costs an eighth of the search
    return text.translate(_INVISIBLE) if _NEEDS_REPLACING.search(text) else text


def steady(text: str) -> str:
    """The text with signs alone whose width terminals agree on: joined emoji apart, flags as letters.

    What is drawn beside it would else stand a column or more too far to one side.
    """
    return steady_with_spans(text, ())[0]


def steady_with_spans(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, Sequence[tuple[int, int]]]:
    """The same, and where parts of the text stand in it."""
    if text.isascii():
        return text, spans
    if _FLAGS.search(text):
        text = text.translate(_FLAG_LETTERS)
    gone = [match.start() for match in _UNSTEADY.finditer(text)]
    if not gone:
        return text, spans
    return _UNSTEADY.sub("", text), [
        (start - bisect_left(gone, start), end - bisect_left(gone, end)) for start, end in spans
    ]


def visible_lines(text: str) -> str:
    """The text as `visible` shows it, but with its line breaks and tabs."""
    return "".join(part if part in "\n\t" else visible(part) for part in _LAYOUT.split(text))


def find_urls(text: str) -> tuple[str, ...]:
    """The web addresses in a text, each once: repositories of code first, otherwise in order.

    Punctuation that ends the sentence is not part of an address; a closing bracket is only where it was opened.
    """
    found: dict[str, None] = {}
    for match in URL.finditer(text):
        url = trim_url(match.group())
        if len(url) > len("https://"):
            found[url] = None
    return repositories_first(found)


def repositories_first(urls: Iterable[str]) -> tuple[str, ...]:
    """Web addresses in their order, those of repositories of code before the others."""
    return tuple(sorted(urls, key=lambda url: not is_repository(url)))


def is_repository(url: str) -> bool:
    """Whether an address is that of a repository of code."""
    return _CODE_HOSTS.match(url) is not None


def trim_url(url: str) -> str:
    """An address as found in running text, without the punctuation of the sentence around it."""
    unopened = {")": url.count(")") - url.count("("), "]": url.count("]") - url.count("[")}
    end = len(url)
    while end:
        last = url[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _URL_TAIL:
            break
        end -= 1
    return url[:end]
