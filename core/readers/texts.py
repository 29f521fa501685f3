"""Text as people type or paste it, cleaned once, at the door.

What cannot be seen goes: signs of no width (web pages and chat programs leave them behind), soft hyphens,
selectors of variants, blanks at both ends.  What could deceive or break is refused: control characters, signs
that turn the direction of writing, half a surrogate pair.  The rest is kept, in the composed form (NFC).
"""

import re
import unicodedata

from core.errors import Invalid

# Bidi_Control of Unicode: with them "exe.fdp" is shown as "pdf.exe".
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Control characters but for tab and line breaks, halves of surrogate pairs, and what is no character.
BROKEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
REFUSED = re.compile(f"[{BROKEN}{TURNING}]")
# Default_Ignorable_Code_Point of Unicode without the above, the blank of Braille, and marks of annotation.
UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
LINE, PROSE = 200, 4000


def line(value: object, most: int = LINE) -> str:
    """One line; tabs and line breaks in it become blanks."""
    return _short(_cleaned(value).replace("\t", " ").replace("\n", " ").strip(), most)


def prose(value: object, most: int = PROSE) -> str:
    """Several lines."""
    return _short(_cleaned(value), most)


def _cleaned(value: object) -> str:
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text.strip()
    if REFUSED.search(text):
        raise Invalid("text-has-controls")
    text = unicodedata.normalize("NFC", UNSEEN.sub("", BREAKS.sub("\n", text)))
    return text.strip()


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise Invalid("text-too-long", most=most)
    return text
