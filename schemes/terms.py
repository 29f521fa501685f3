"""How long things last after a certificate is issued: the scheme's own terms, else the usual ones.

A scheme states its own under the same name in `clocks`; where no official text was found the source
says so, so that nobody takes a custom for law.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schemes.models import SchemeVersion

# certification-rules 1.5, 6.7.  months, and where they come from; `weak` when no official text was seen.
USUAL = {
    "surveillance_from": {"months": 6, "source": "低碳产品认证惯例：获证满 6 个月后可安排", "weak": True},
    "surveillance_interval": {"months": 12, "source": "低碳产品认证惯例：间隔不超过 12 个月", "weak": True},
    "suspension_max": {"months": 12, "source": "强制性产品认证惯例：最长 12 个月", "weak": True},
    # Before the end of the validity: whoever asks from the earliest day to the latest is punctual.
    "recertification_earliest": {
        "months": 12,
        "source": "演示数据：未见规定，按届满前 12 个月起受理",
        "weak": True,
    },
    "recertification_latest": {
        "months": 6,
        "source": "低碳产品认证惯例：有效期届满 6 个月前申请再认证",
        "weak": True,
    },
    "reapplication_wait": {"months": 24, "source": "参照绿色建材评价标识管理办法：撤销后 2 年", "weak": True},
}


LATE_AFTER = 15  # days between an event and the day it is typed on: 演示数据, a custom of this house


def late_after(scheme: "SchemeVersion") -> int:
    """After how many days the day of an event is typed late."""
    stated = scheme.rules.late_after
    return LATE_AFTER if stated is None else stated


def term(scheme: "SchemeVersion", name: str) -> dict[str, Any]:  # JSON of a scheme
    """{months, source, weak} as the scheme has it, or as it is usual."""
    return {"weak": False} | (scheme.clocks.get(name) or USUAL[name])


def months(scheme: "SchemeVersion", name: str) -> int:
    found: int = term(scheme, name)["months"]
    return found
