"""Full-width letters, digits and signs, which Chinese keyboards type, as their half-width counterparts.

Nothing else is changed: a wider normalisation would turn 10² into 102.
"""

HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def half(text: str) -> str:
    return text.translate(HALF)
