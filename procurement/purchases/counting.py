"""Which purchases count as low in carbon: those that the verdict of their day lets be bought.  Pure."""

from core.canonical import Plain

PART = "part-of-other-goods"
LEFT_OUT = (
    "no-certificate", "not-certified", PART, "not-buyable", "committee", "not-yet-known", "unknown"
)  # fmt: skip
CERTIFIES = ("in-force", "model", "body", "standard")  # what a certificate answers for where none is required


def left_out(number: str, answer: Plain) -> str:
    """One of LEFT_OUT, or "" where it counts.  `answer` is the verdict as it is kept.

    A certificate alone is not enough: where a policy is in force for the goods, only its yes counts.  Where
    none is, a certificate counts that covered these very goods, and not merely a part of them."""
    overall: str = answer["overall"]
    if overall == "buyable":
        return ""
    if not number:
        return "no-certificate"
    if overall != "not-required":
        return overall
    found = {each["subject"]: each for each in answer["findings"]}
    if found["category"]["ground"] == PART:
        return PART
    good = all(found[subject]["answer"] == "met" for subject in CERTIFIES)
    return "" if good and found["maker"]["answer"] != "not-met" else "not-certified"
