"""A brief as Markdown, or as a page of HTML that stands alone and prints well."""

from __future__ import annotations

import re
from html import escape

from legation.situations.brief import Brief, Line, Section
from legation.situations.citing import Citation

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_STYLE = """
body { font: 11pt/1.5 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { font-family: "Helvetica Neue", Arial, sans-serif; line-height: 1.25; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
ul, ol { padding-left: 1.5rem; } li { margin: .3rem 0; } .head, .note { color: #444; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-bottom: 1px solid #ccc; }
a { color: #0b3d91; } sup { line-height: 0; } sup a { text-decoration: none; padding: 0 .1em; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } a { color: inherit; text-decoration: none; }
  h2, h3 { break-after: avoid; } li, tr { break-inside: avoid; } }
@page { margin: 2cm; }
"""


def to_markdown(brief: Brief) -> str:
    """The brief as Markdown; the sentences cited stand at the end, by their numbers."""
    blocks = [f"# {_plain(brief.title)}", *map(_plain, brief.head)]
    heading = ""
    for section in brief.sections:
        if section.within and section.within != heading:
            blocks.append(f"## {_plain(section.within)}")
        heading = section.within
        blocks.append(f"{'###' if section.within else '##'} {_plain(section.title)}")
        if section.note:
            blocks.append(_plain(section.note))
        blocks.append(_markdown_table(section) if section.columns else _markdown_list(section))
    blocks += ["## The sentences", "\n".join(_markdown_reference(n, c) for n, c in enumerate(brief.references, 1))]
    return "\n\n".join(blocks) + "\n"


def _markdown_list(section: Section) -> str:
    return "\n".join(f"- {_plain(line.cells[0])} {_markers(line)}" for line in section.lines)


def _markdown_table(section: Section) -> str:
    rows = [[*section.columns, "source"], ["---"] * (len(section.columns) + 1)]
    rows += [[*map(_plain, line.cells), _markers(line)] for line in section.lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _markers(line: Line) -> str:
    more = f" and {line.more} more" if line.more else ""
    return "".join(f"[{n}]" for n in line.cites) + more


def _markdown_reference(number: int, citation: Citation) -> str:
    title = f", “{_plain(citation.title)}”" if citation.title else ""
    link = f", <{citation.url}>" if citation.url and _is_web(citation.url) else ""
    words = f": “{_plain(citation.text)}”" if citation.text else ""
    return f"{number}. {_plain(_source(citation))}{title}{link}{words}"


def _source(citation: Citation) -> str:
    return ", ".join(part for part in (citation.outlet or citation.document, citation.day) if part)


def _plain(text: str) -> str:
    """Words that Markdown leaves as they are."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _is_web(url: str) -> bool:
    # Anything else (javascript:, data:) is no source to follow; brackets and blanks would end a link early.
    return url.startswith(("https://", "http://")) and not re.search(r"[\s<>\"]", url)


def to_text(brief: Brief) -> str:
    """The brief for a terminal: each line with its outlets and days, and without the sentences at the end."""
    blocks = ["\n".join([_safe(brief.title), *map(_safe, brief.head[:2])])]
    for section in brief.sections:
        title = f"{section.within}: {section.title}" if section.within else section.title
        heading = _safe(title)
        lines = [heading, "-" * len(heading)]
        if section.note:
            lines.append(_safe(section.note))
        for line in section.lines:
            named = zip(section.columns or ("",), line.cells, strict=True)
            words = "; ".join(f"{column}: {cell}" if column else cell for column, cell in named)
            lines.append(f"  {_safe(words)} [{_outlets(line, brief)}]")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _outlets(line: Line, brief: Brief) -> str:
    sources = dict.fromkeys(_safe(_source(brief.references[n - 1])) for n in line.cites)
    return "; ".join(sources) + (f"; {line.more} more" if line.more else "")


def _safe(text: str) -> str:
    """On one line, and without what a terminal would take for a command."""
    return "".join(ch if ch.isprintable() else " " for ch in text)


def to_html(brief: Brief) -> str:
    """The brief as one page without anything from elsewhere; every text in it is escaped."""
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        f'<head><meta charset="utf-8"><title>{escape(brief.title)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style></head>",
        f"<body><main><h1>{escape(brief.title)}</h1>",
        *(f'<p class="head">{escape(line)}</p>' for line in brief.head),
    ]
    heading = ""
    for section in brief.sections:
        if section.within and section.within != heading:
            parts.append(f"<h2>{escape(section.within)}</h2>")
        heading = section.within
        level = "h3" if section.within else "h2"
        parts.append(f"<{level}>{escape(section.title)}</{level}>")
        if section.note:
            parts.append(f'<p class="note">{escape(section.note)}</p>')
        parts.append(_html_table(section) if section.columns else _html_list(section))
    parts += ["<h2>The sentences</h2>", "<ol>"]
    parts += [_html_reference(n, c) for n, c in enumerate(brief.references, 1)]
    parts.append("</ol></main></body></html>")
    return "\n".join(parts) + "\n"


def _html_list(section: Section) -> str:
    items = "\n".join(f"<li>{escape(line.cells[0])} {_links(line)}</li>" for line in section.lines)
    return f"<ul>\n{items}\n</ul>"


def _html_table(section: Section) -> str:
    head = "".join(f'<th scope="col">{escape(c)}</th>' for c in (*section.columns, "source"))
    rows = [
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.cells) + f"<td>{_links(line)}</td></tr>"
        for line in section.lines
    ]
    body = "\n".join(rows)
    return f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'


def _links(line: Line) -> str:
    more = f" <small>and {line.more} more</small>" if line.more else ""
    return "".join(f'<sup><a href="#s{n}">[{n}]</a></sup>' for n in line.cites) + more


def _html_reference(number: int, citation: Citation) -> str:
    title = f", “{escape(citation.title)}”" if citation.title else ""
    if citation.url and _is_web(citation.url):
        title += f', <a href="{escape(citation.url)}">{escape(citation.url)}</a>'
    words = f": <q>{escape(citation.text)}</q>" if citation.text else ""
    return f'<li id="s{number}">{escape(_source(citation))}{title}{words}</li>'
