"""Several SVGs of one terminal as a single SVG that moves.

What is the same in several of them is drawn once, and seen while it is there. Style sheets alone do that (CSS
Animations Level 1), so that it moves wherever images may, without a script; where less motion is asked for, or styles
do not move, the last picture stands still.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_PREFIX = re.compile(r"terminal-\d+-")
_RULE = re.compile(r"\.(r\d+) \{([^}]*)\}")
_CLASS = re.compile(r'(?<=class=")(r\d+)(?=")')
_RECTANGLE = re.compile(r'<rect fill="[^"]*" x="[^>]*crispEdges"/>')
_TEXT = re.compile(r'<text class="s\d+"[^>]*>.*?</text>', re.DOTALL)
_TITLE = re.compile(r'<text class="title".*?</text>', re.DOTALL)

Seen = tuple[int, ...]
"""The numbers of the frames in which something is seen."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture, and for how many seconds it is seen."""

    svg: str
    seconds: float


def moving(frames: Sequence[Frame]) -> str:
    """The frames as one SVG, over and over. All of them are of one size."""
    rules: dict[str, str] = {}
    pictures = [_with_common_names(frame.svg, rules) for frame in frames]
    layers = [_grouped([kind.findall(each) for each in pictures]) for kind in (_RECTANGLE, _TEXT, _TITLE)]
    changing = {seen for groups in layers for seen in groups if len(seen) < len(frames)}
    names = {seen: f"m{number}" for number, seen in enumerate(sorted(changing), start=1)}
    style = [*(f".{name} {{ {rule} }}" for rule, name in rules.items()), *_steps(names, frames)]
    rectangles, texts, titles = ("".join(_drawn(groups, names)) for groups in layers)
    frame = _RULE.sub("", _TITLE.sub("", pictures[-1]))
    head, _, rest = frame.partition("</style>")
    chrome, _, end = _TEXT.sub("", rest).partition('<g class="matrix">')
    styles, chrome = "\n".join(style), _RECTANGLE.sub("", chrome)
    end = end.replace("</svg>", f"{titles}</svg>")
    return f'{head}{styles}\n</style>{chrome}{rectangles}<g class="matrix">{texts}{end}'


def _with_common_names(svg: str, rules: dict[str, str]) -> str:
    """The picture with the names of styles that equal rules have in all pictures; new rules are added."""
    svg = _PREFIX.sub("", svg)
    names = {name: rules.setdefault(rule.strip(), f"s{len(rules) + 1}") for name, rule in _RULE.findall(svg)}
    return _CLASS.sub(lambda match: names[match.group()], svg)


def _grouped(pictures: Sequence[Sequence[str]]) -> Mapping[Seen, list[str]]:
    """The elements of all pictures, each once, by the frames in which it is seen."""
    seen: dict[str, list[int]] = {}
    for number, elements in enumerate(pictures):
        for element in dict.fromkeys(elements):
            seen.setdefault(element, []).append(number)
    groups: dict[Seen, list[str]] = {}
    for element, numbers in seen.items():
        groups.setdefault(tuple(numbers), []).append(element)
    return groups


def _drawn(groups: Mapping[Seen, list[str]], names: Mapping[Seen, str]) -> Iterator[str]:
    for seen, elements in groups.items():
        inside = "".join(elements)
        yield f'<g class="{names[seen]}">{inside}</g>\n' if seen in names else f"{inside}\n"


def _steps(names: Mapping[Seen, str], frames: Sequence[Frame]) -> Iterator[str]:
    """The styles that show each group at its times, and those of the last frame where nothing moves."""
    total, last = sum(frame.seconds for frame in frames), len(frames) - 1
    begins = [sum(frame.seconds for frame in frames[:number]) / total for number in range(len(frames))]
    for seen, name in names.items():
        yield f".{name} {{ visibility: {_visibility(last in seen)}; }}"
    yield "@media (prefers-reduced-motion: no-preference) {"
    for seen, name in names.items():
        turns = [number for number in range(len(frames)) if not number or (number in seen) != (number - 1 in seen)]
        steps = " ".join(f"{begins[n]:.2%} {{ visibility: {_visibility(n in seen)}; }}" for n in turns)
        yield f"@keyframes {name} {{ {steps} 100% {{ visibility: {_visibility(last in seen)}; }} }}"
        yield f".{name} {{ animation: {name} {total:g}s step-end infinite; }}"
    yield "}"


def _visibility(seen: bool) -> str:
    return "visible" if seen else "hidden"
