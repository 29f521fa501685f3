"""Charts drawn on the server as SVG.

The web charts have no viewBox: x is in percent and y in pixels, so a chart stretches with the
page and its text does not.  They carry no style attribute, so a strict content policy holds, and
each says its finding in words.  `stack_print` is the twin for PDF, where no stylesheet reaches.

Stages are given as (slug, value) pairs and drawn in their fixed order and colours.
"""

from core.charts.bands import Band, bands, per_dot
from core.charts.chain import chain
from core.charts.clock import sla
from core.charts.distribution import mini_strip, ridges, strip
from core.charts.figures import num, share, stated
from core.charts.months import months
from core.charts.series import columns, spark, trend
from core.charts.stages import STAGES, bar, finding, stack_print, stage_name, stage_stack

__all__ = [
    "STAGES",
    "Band",
    "bands",
    "bar",
    "chain",
    "columns",
    "finding",
    "mini_strip",
    "months",
    "num",
    "per_dot",
    "ridges",
    "share",
    "sla",
    "spark",
    "stack_print",
    "stage_name",
    "stage_stack",
    "stated",
    "strip",
    "trend",
]
