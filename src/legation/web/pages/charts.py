"""Charts of a situation by `legation.charts`: as pictures without JavaScript, alive with it, and to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from legation.errors import MissingExtraError
from legation.record import MergedEvent
from legation.web.answers import Json, NotThereError, answer
from legation.web.desk import Desk, desk_of
from legation.web.documented import gives
from legation.web.keeping import situation

router = APIRouter(tags=["Situations"])
Name = Annotated[str, Path(max_length=200)]
MOST = 3_000  # events of a chart; the latest
KINDS = {
    "timeline": "Events by type",
    "dyads": "What passed between two, by score",
    "matrix": "Who did how much to whom",
    "network": "Who deals with whom",
    "sources": "Where it comes from",
    "reliability": "How sure the coder is, and how right",
}


@router.get("/situations/{name}/charts", summary="Charts", responses=gives("The charts there are."))
def charts_page(request: Request, name: Name) -> Response:
    """Every chart of a situation."""
    desk = desk_of(request)
    found = situation(desk.store, name)
    kinds = {k: t for k, t in KINDS.items() if k != "reliability" or len(_judged(desk)) > 1}
    return answer(request, "charts.html", {"charts": kinds}, section="situations", found=found, name=name, kinds=kinds)


@router.get("/situations/{name}/charts/{kind}", summary="A chart",
            responses=gives("The chart in Vega-Lite (JSON), as a picture where its name ends in .svg or .png.",
                            other="image/svg+xml"))  # fmt: skip
def chart(request: Request, name: Name, kind: Annotated[str, Path(max_length=40)]) -> Response:
    """A chart as Vega-Lite; with .svg or .png at the end of its name, as a picture."""
    desk = desk_of(request)
    bare, _, ending = kind.partition(".")
    if bare not in KINDS or ending not in ("", "svg", "png"):
        raise NotThereError("chart", kind)
    query = situation(desk.store, name).query

    def spec() -> dict[str, Any]:
        made: dict[str, Any] = _make(bare, desk, desk.store.events(query, limit=MOST, order="-date")).to_dict()
        return made

    made = desk.kept(("chart", bare, query), spec)
    if not ending:
        return Json(made)
    picture = desk.kept(("picture", bare, ending, query), lambda: _picture(made, ending))
    return Response(picture, media_type="image/svg+xml" if ending == "svg" else "image/png")


@router.get("/vega/{version}/vega.js", include_in_schema=False)
def vega(version: str) -> Response:
    """Vega, Vega-Lite and Vega-Embed, as the package that draws the pictures carries them."""
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(_bundle(), media_type="text/javascript", headers=headers)


@cache
def _bundle() -> str:
    from legation import charts

    return charts.bundle()


def _make(kind: str, desk: Desk, events: Sequence[MergedEvent]) -> Any:
    try:
        from legation import charts
    except ImportError as err:
        raise MissingExtraError("Charts", err.name or "altair", "charts") from err
    makers: dict[str, Callable[[], Any]] = {
        "timeline": lambda: charts.timeline(events, by="type"),
        "dyads": lambda: charts.dyad_intensity(events),
        "matrix": lambda: charts.actor_matrix(events),
        "network": lambda: charts.actor_network(events),
        "sources": lambda: charts.source_mix(events),
        "reliability": lambda: charts.reliability(_judged(desk)),
    }
    return makers[kind]()


def _judged(desk: Desk) -> list[tuple[float, bool]]:
    """The confidence of each reviewed event, and whether it was one."""
    from legation.web.reviewing import verdicts

    pairs = []
    for name, change in verdicts(desk).items():
        merged = desk.kept(("event", name), lambda n=name: desk.store.event(n))  # type: ignore[misc]
        if merged is not None and isinstance(change.after, dict):
            pairs.append((merged.confidence, change.after.get("verdict") != "rejected"))
    return pairs


def _picture(spec: dict[str, Any], ending: str) -> bytes:
    import vl_convert

    if ending == "svg":
        return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[]))


