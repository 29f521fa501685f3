"""The tables of this desk, one file per noun."""

from certification.acts.models.act import WrittenAct
from certification.acts.models.appeal import Appeal

__all__ = ["Appeal", "WrittenAct"]
