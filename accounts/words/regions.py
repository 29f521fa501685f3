"""Names of regions, GB/T 2260: the provinces, and the cities of those whose cities are known."""

from flask import current_app

from core.i18n import _l
from core.words import Word, known, word

CITIES = {
    "320100": _l("南京"),
    "320200": _l("无锡"),
    "320300": _l("徐州"),
    "320400": _l("常州"),
    "320500": _l("苏州"),
    "320600": _l("南通"),
    "320700": _l("连云港"),
    "320800": _l("淮安"),
    "320900": _l("盐城"),
    "321000": _l("扬州"),
    "321100": _l("镇江"),
    "321200": _l("泰州"),
    "321300": _l("宿迁"),
}

PROVINCES = {
    "110000": _l("北京"),
    "120000": _l("天津"),
    "130000": _l("河北"),
    "140000": _l("山西"),
    "150000": _l("内蒙古"),
    "210000": _l("辽宁"),
    "220000": _l("吉林"),
    "230000": _l("黑龙江"),
    "310000": _l("上海"),
    "320000": _l("江苏"),
    "330000": _l("浙江"),
    "340000": _l("安徽"),
    "350000": _l("福建"),
    "360000": _l("江西"),
    "370000": _l("山东"),
    "410000": _l("河南"),
    "420000": _l("湖北"),
    "430000": _l("湖南"),
    "440000": _l("广东"),
    "450000": _l("广西"),
    "460000": _l("海南"),
    "500000": _l("重庆"),
    "510000": _l("四川"),
    "520000": _l("贵州"),
    "530000": _l("云南"),
    "540000": _l("西藏"),
    "610000": _l("陕西"),
    "620000": _l("甘肃"),
    "630000": _l("青海"),
    "640000": _l("宁夏"),
    "650000": _l("新疆"),
    "710000": _l("台湾"),
    "810000": _l("香港"),
    "820000": _l("澳门"),
}

WORDS = {f"region.{code}": Word(name, icon="pin") for code, name in (CITIES | PROVINCES).items()}


def region_name(code: str) -> str:
    """The city of a six-digit code where it is known, else its province; "" when unknown."""
    for level in (code, f"{code[:4]}00", f"{code[:2]}0000"):
        if known(f"region.{level}"):
            return str(word(f"region.{level}"))
    return ""


def place_of(code: str) -> str:
    """The code of the city within this province, of the province elsewhere; "" when unknown."""
    city, own = f"{code[:4]}00", current_app.config["REGION"]
    if city in CITIES and city.startswith(own):
        return city
    return f"{code[:2]}0000" if code else ""


def inside(region: str) -> dict[str, str]:
    """Code to name of the cities of a province of two digits; the province itself where none is known."""
    named = {code: str(name) for code, name in CITIES.items() if code.startswith(region)}
    return named or {f"{region}0000": str(PROVINCES[f"{region}0000"])}


def region_groups() -> dict[str, dict[str, str]]:
    """Code to name in two groups, the places of this province first, for lists to choose from."""
    own = current_app.config["REGION"]
    elsewhere = {code: str(name) for code, name in PROVINCES.items() if not code.startswith(own)}
    return {str(PROVINCES[f"{own}0000"]): inside(own), str(_l("其他省份")): elsewhere}
