"""What a cell of a spreadsheet holds, and what a person sees in it.

A number format may show a stored 0.5 as 50%, 45658 as a day, 7 as 007, 12345 as 1.2万, or nothing at all;
what is shown is what the person meant.
"""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

# Formats that have a number instead of a text (ECMA-376 part 1, 18.8.30); 27-36 and 50-58 are days in the
# Chinese versions of Excel, which write no text for them.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0", 42: "#,##0",
    43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), *range(57, 59)), "yyyy/m/d"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
}  # fmt: skip

NUMBER = re.compile(r"-?\d{1,310}(\.\d{1,30})?([Ee][+-]?\d{1,3})?")
UNSEEN = re.compile(r'\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.|(?:"[^"\w]*")|\\[^\w%]', re.DOTALL)
WORDS = re.compile(r'"[^"]*"|\\.', re.DOTALL)
LONGEST_GENERAL = 11  # digits that fit a cell without a format of its own
FIRST_DAY = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
LAST_SERIAL = 2_958_465  # 9999-12-31


def number(raw: str, how: str, from_1904: bool) -> tuple[str, str, str]:
    """(kind, value, shown) of a stored number under the format `how`.

    Kinds: `number`, `percent`, `date`, `time`, and `altered` when what is shown is another number or none.
    `shown` is empty when it cannot be told to the letter.
    """
    if not NUMBER.fullmatch(raw):
        return "text", raw, raw
    value = Decimal(f"{float(raw):.15g}")
    if not value.is_finite():
        return "text", raw, raw
    exact = f"{value:f}"
    body = _section(how, value)
    if WORDS.sub("", body).strip() in ("General", "@", "G/通用格式") and not WORDS.search(body):
        return "number", exact, exact if len(exact) <= LONGEST_GENERAL else ""
    plain = WORDS.sub("", body)
    if re.search(r"[dmyhsDMYHS]|上午|AM/PM", plain.replace("General", "")):
        return _moment(value, plain, exact, from_1904)
    if "%" in plain:
        return "percent", exact, f"{(value * 100).normalize():f}%"
    if _alters(body, plain):
        return "altered", exact, ""
    return "number", exact, _written(value, plain)


def _section(how: str, value: Decimal) -> str:
    """The part of a format that applies to this number, without colours, spacing and filling."""
    parts = UNSEEN.sub("", how).split(";")
    if value < 0 and len(parts) > 1:
        return parts[1]
    return parts[2] if value == 0 and len(parts) > 2 else parts[0]


def _moment(value: Decimal, plain: str, exact: str, from_1904: bool) -> tuple[str, str, str]:
    if not re.search(r"[dyDY]", plain) or not 1 <= value <= LAST_SERIAL:
        return "time", exact, ""
    day = int(value)
    if not from_1904 and day < 60:  # the calendar of 1900 in spreadsheets has a 29 February
        day += 1
    try:
        shown = (FIRST_DAY[from_1904] + timedelta(day)).isoformat()
    except OverflowError:
        return "time", exact, ""
    return "date", shown, shown


def _alters(body: str, plain: str) -> bool:
    """Words, fractions and commas that divide by a thousand; a zero may be shown as a dash."""
    if body.strip() in ("-", "–", "—") or plain.strip() in ("-", "–", "—"):
        return False
    digits = re.search(r"[0#?]", plain) is not None
    return (
        not digits
        or WORDS.search(body) is not None
        or "/" in plain
        or bool(re.search(r"[0#?],+(?![#0?])", plain))
    )


def _written(value: Decimal, plain: str) -> str:
    """The digits as the format writes them; empty when this is more than digits and decimal places."""
    if zeros := re.fullmatch(r"(0+)(?:\.(0+))?", plain.strip()):
        places = len(zeros[2] or "")
        whole = len(zeros[1]) + (places + 1 if places else 0) + (value < 0)
        return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):0{whole}f}"
    return ""
