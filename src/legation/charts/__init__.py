"""Charts of a record: plain functions from merged events to Altair charts, the same in notebook, page, SVG and PNG.

Nothing here needs a connection: the world's outlines and Vega's JavaScript come with the packages.
"""

from legation.charts.files import bundle, page, to_png, to_svg
from legation.charts.network import actor_matrix, actor_network
from legation.charts.quality import reliability, source_mix
from legation.charts.timelines import dyad_intensity, timeline
from legation.charts.worldmap import event_map

__all__ = [
    "actor_matrix",
    "actor_network",
    "bundle",
    "dyad_intensity",
    "event_map",
    "page",
    "reliability",
    "source_mix",
    "timeline",
    "to_png",
    "to_svg",
]
