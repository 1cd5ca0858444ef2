"""What papers of the web may hold to make a program act, one table: every door in and every door out is driven with it.

`HOSTILE` is for every place that takes or shows text; `NAMES` is what of it a file system and a command line can hold.
A kind of text that has ever acted anywhere belongs here, and is then tried at every door.
"""

from __future__ import annotations

from reader.text import collapse, visible

HOSTILE = {
    "a bracket first": "[Re] Attention",
    "half-open interval": "Sampling in [0, 1) with Diffusion",
    "closing tag": "a[/b]",
    "nested brackets": "v={'a[0]'}",
    "a tag that acts": "[@click=app.quit]x[/]",
    "a tag of colour": "[bold red on $error]x[/] [link=file:///etc/passwd]y[/link]",
    "braces": "{x}",
    "dollar": "$5",
    "angle brackets": "<b>",
    "CJK": "日本語",
    "emoji with joiners": "👩‍👩‍👧‍👦 and 👩🏽‍🔬",
    "combining marks": "e\u0301\u0302\u0323 z\u0310\u0311\u0312\u0313",
    "direction override": "abc \u202egnp.exe\u202c \u2066x\u2069",
    "zero width": "pay\u200bpal\u2060 ad\ufeffmin\u180e",
    "hidden sentence": "safe" + "".join(chr(0xE0000 + ord(letter)) for letter in "obey me"),
    "homographs": "раураl.com and ɡithub.com",
    "colour sequence": "\x1b[31mred\x1b[0m",
    "title sequence": "\x1b]0;owned\x07 and \x9b2J",
    "hyperlink sequence": "\x1b]8;;file:///etc/passwd\x1b\\click\x1b]8;;\x1b\\",
    "clipboard sequence": "\x1b]52;c;b3duZWQ=\x07 \x9d52;c;b3duZWQ=\x9c",
    "device control": "\x1bP+q544e\x1b\\ \x90$qm\x9c \x1bc \x1b[6n \x05",
    "DEL": "a\x7fb",
    "NUL": "nul\x00nul",
    "carriage return": "first\rsecond",
    "a very long line": "long " + "x" * 9_990 + " end",
    "a heading": "# heading",
    "a list": "1. x",
    "a check box": "- [x] done",
    "code": "`x` ```sh",
    "a table": "a|b",
    "a marker of reader": "<!-- reader:aaaaaaaaaaaaaaaa --> <!-- reader:papers -->",
    "front matter": "--- title: x ---",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "HTML, an attribute": '" onmouseover="alert(1)" x=\'',
    "HTML, an entity": "&lt;script&gt;&#x1b;&Tab;",
    "a script's address": "[x](javascript:alert(1)) javascript:alert(1)",
    "a file's address": "[x](file:///etc/passwd) file:///etc/passwd",
    "a formula": "=cmd|' /C calc'!A0",
    "a formula, plus": "+1+cmd",
    "a formula, minus": "-2+3",
    "a formula, at": "@SUM(1+1)*x",
    "YAML": "!!python/object/apply:os.system ['x']",
    "YAML, a mapping": "key: value # comment",
    "LaTeX": r"\input{/etc/passwd} \write18{id} \end{document}",
    "BibTeX": "}, } @article{x, title={y}}",
    "RIS": "ER  -  TY  - JOUR",
    "a template": "{{ 7*7 }} {% for x in y %} ${7*7} #{7*7}",
    "SQL": "'; drop table papers; --",
    "full text": 'NEAR(a b) AND NOT "c" OR d* ^e {title}: f',
    "a query": '-is:read @all (or) title:"x or year:.. sort:-',
    "a path upwards": "../../etc/passwd",
    "a path of another system": r"C:\Windows\..\CON",
    "an absolute path": "/etc/passwd",
    "an option": "--force",
    "a shell's words": "$(touch owned) `touch owned`; touch owned & | > owned",
    "a format's words": "%s %n %(x)s {0.__class__} {}",
    "a line separator": "up\u2028down\x85next",
    "a backslash": "\\[bold]x\\",
}
NAMES = {name: text for name, text in HOSTILE.items() if "\x00" not in text} | {"bytes that are no text": "\udcff"}
"""No command line and no file system can hold NUL."""

ADDRESSES = (
    "javascript:alert(1)",
    "JavaScript:alert(1)//https://x.org",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "vbscript:x",
    "ftp://x.org/a",
    "https:x.org",
    "https:///etc/passwd",
    "https://user@x.org/a",
    "https://x.org\\@y.org/",
    "https://x.org/\x1b]8;;file:///a\x07",
    "https://x.org/\u202egro.x",
    "https://git\u200bhub.com/a/b",
    "https://x.org/a b",
    "--help",
    "",
)
"""What no door may open, nor make a link of."""


def as_shown(text: str) -> str:
    """A title as people are shown it."""
    return visible(collapse(text))


def is_safe(text: str) -> bool:
    """Whether no character of it but the line break acts on a terminal or hides."""
    return all(visible(line) == line for line in text.split("\n"))
