"""Charts as files: SVG, PNG and a page that needs no connection."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from typing import Any

from legation.errors import MissingExtraError


def to_svg(chart: Any) -> str:
    """The chart as SVG."""
    text: str = _vl_convert().vegalite_to_svg(chart.to_json(), allowed_base_urls=[])
    return text


def to_png(chart: Any, *, scale: float = 2.0) -> bytes:
    """The chart as PNG; a scale of 2 is 144 dots an inch."""
    picture: bytes = _vl_convert().vegalite_to_png(chart.to_json(), scale=scale, allowed_base_urls=[])
    return picture


@cache
def bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one JavaScript module that sets `window.vegaEmbed`, out of vl-convert.

    Serve it once as `<script type="module">`, and put the `to_dict()` of any chart on any number of pages.
    """
    text: str = _vl_convert().javascript_bundle()
    return text


def page(*charts: Any, title: str = "Legation") -> str:
    """One HTML page with the charts and all they need in it."""
    parts, calls = [], []
    for number, chart in enumerate(charts):
        spec = json.dumps(chart.to_dict()).replace("</", "<\\/")
        parts.append(f'<figure id="chart{number}"></figure>')
        calls.append(f'vegaEmbed("#chart{number}", {spec}, {{actions: false, renderer: "svg"}});')
    script = bundle().replace("</script", "<\\/script")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        "<style>body{font-family:sans-serif;margin:2rem;max-width:60rem}figure{margin:0 0 2rem}</style>\n"
        f"</head>\n<body>\n<h1>{escape(title)}</h1>\n{chr(10).join(parts)}\n"
        f'<script type="module">\n{script}\n{chr(10).join(calls)}\n</script>\n</body>\n</html>\n'
    )


def _vl_convert() -> Any:
    try:
        import vl_convert
    except ImportError as err:
        raise MissingExtraError("A chart as a file", "vl-convert-python", "charts") from err
    return vl_convert
