"""Papers in a form of the user's own: a Jinja2 template whose vocabulary is that of JSON.

    {% for paper in papers %}* {{ paper.title }} ({{ paper.published or "no date" }})
    {% endfor %}

What always holds:

* A template reads papers and nothing else: no file, no other template, no Python behind a value (Jinja2's sandbox).
* A name that does not exist is an error with its line, never an empty place; what is unknown of a paper prints as
  nothing.
* Text is escaped for HTML where the template's name says that it is HTML or XML (`list.html`, `list.html.j2`), and
  nowhere else: most templates are not. The filter `tex` escapes for LaTeX.
* Control characters in texts are made visible; line breaks and tabs stay.

Source: https://jinja.palletsprojects.com, "Template Designer Documentation" and "Sandbox".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.errors import ReaderError, UnreadableInput, UsageError
from reader.export import jsonl, tex
from reader.paper import StoredPaper
from reader.text import visible, visible_lines

if TYPE_CHECKING:
    from jinja2 import Template as Compiled

LONGEST = 2**20
"""Characters of a template."""

LONGEST_VALUE = 1_000_000
"""Characters or items that a multiplication in a template may make."""

_EXTRA = "pip install 'reader-for-papers[templates]'"
_MARKUP = (".html", ".htm", ".xhtml", ".xml")
_TEMPLATE_SUFFIXES = (".j2", ".jinja", ".jinja2")
_LARGEST_POWER = 64


@dataclass(frozen=True, slots=True)
class Template:
    """A template that can be rendered.

    Attributes:
        name: what errors call it.
    """

    name: str
    compiled: Compiled

    def render(self, papers: Iterable[StoredPaper], *, title: str) -> Iterator[str]:
        """What the template makes of papers, in chunks, as they come.

        The template knows `title` and `papers`, which it may go through more than once where these can be.

        Raises:
            UsageError: it asks for something that does not exist, or that it may not do.
        """
        try:
            yield from self.compiled.generate(papers=_Papers(papers), title=visible_lines(title))
        except ReaderError:
            raise
        except Exception as error:  # what a template does wrong can raise anything
            place = _line_of(error, self.compiled)
            raise UsageError(f"{self.name}{place}: {error}", _hint(error)) from error


def compile_template(source: str, *, name: str) -> Template:
    """A template from its text.

    Raises:
        UnreadableInput: Jinja2 is not installed.
        UsageError: it is too long, or no template.
    """
    try:
        from jinja2 import TemplateSyntaxError
    except ImportError:
        raise UnreadableInput(f"{name} is a template, and what renders it is not installed", _EXTRA) from None
    shown = visible(name)
    if len(source) > LONGEST:
        raise UsageError(f"{shown} has more than {LONGEST:,} characters", "a template is a short text")
    try:
        return Template(shown, _environment(escaping=_is_markup(name)).from_string(source))
    except TemplateSyntaxError as error:
        raise UsageError(f"{shown}, line {error.lineno}: {error.message}", "mend the template") from error
    except Exception as error:  # of what is nested too deeply, Python's own compiler says so
        raise UsageError(f"{shown} cannot be made into a program: {error}", "mend the template") from error


class _Papers:
    """Papers as a template sees them: the objects of JSON Lines, made one at a time."""

    def __init__(self, papers: Iterable[StoredPaper]) -> None:
        self._papers = papers

    def __iter__(self) -> Iterator[dict[str, object]]:
        for stored in self._papers:
            yield {name: _harmless(value) for name, value in _with_keywords(jsonl.fields(stored)).items()}

    def __len__(self) -> int:
        if isinstance(self._papers, Sized):
            return len(self._papers)
        raise TypeError("how many papers there are is not known")


def _with_keywords(fields: dict[str, object]) -> dict[str, object]:
    """Every key that a paper can have, so that asking for one that few have is no error."""
    return {"keywords": None, **fields}


def _harmless(value: Any) -> object:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return visible_lines(value)
    if isinstance(value, list):
        return [_harmless(each) for each in value]
    if isinstance(value, dict):
        return {name: _harmless(each) for name, each in value.items()}
    return value


def _environment(*, escaping: bool) -> Any:  # noqa: ANN401 - of a class that is made here, when it is needed
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Jinja2's, with an eye on what a few characters of a template can make huge."""

        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - any values
            if operator == "**" and not (isinstance(right, int) and abs(right) <= _LARGEST_POWER):
                raise SecurityError(f"a power beyond {_LARGEST_POWER}")
            for value, times in ((left, right), (right, left)):
                if isinstance(value, Sized) and isinstance(times, int) and len(value) * times > LONGEST_VALUE:
                    raise SecurityError(f"a value of more than {LONGEST_VALUE:,} characters")
            return super().call_binop(context, operator, left, right)

    environment = Sandbox(
        undefined=StrictUndefined,
        autoescape=escaping,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: "" if value is None else value,
    )
    environment.filters["tex"] = lambda text: "" if text is None else tex.escape(str(text))
    return environment


def _is_markup(name: str) -> bool:
    lowered = name.casefold()
    for suffix in _TEMPLATE_SUFFIXES:
        lowered = lowered.removesuffix(suffix)
    return lowered.endswith(_MARKUP)


def _line_of(error: BaseException, compiled: Compiled) -> str:
    """Where in the template it happened: Jinja2 gives tracebacks the lines of the template."""
    name, line, trace = compiled.filename or "<template>", None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return "" if line is None else f", line {line}"


def _hint(error: Exception) -> str:
    from jinja2 import UndefinedError

    return "docs/jsonl.md lists the names" if isinstance(error, UndefinedError) else "mend the template"
