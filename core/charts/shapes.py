"""The few SVG shapes every chart is made of; text is escaped, attributes are written with dashes."""

from collections.abc import Iterable

from markupsafe import Markup, escape


def tag(name: str, text: object = "", **attributes: object) -> Markup:
    """`tag("rect", cls="track", x=0)`; `cls` stands for class, an underscore for a dash."""
    written = [
        f' {"class" if key == "cls" else key.replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    start = f"<{name}{''.join(written)}"
    return Markup(f"{start}>{escape(text)}</{name}>" if text else f"{start}/>")


def rect(
    cls: str, x: object, width: object, y: object, height: object, text: object = "", **more: object
) -> Markup:
    return tag("rect", text, cls=cls, x=x, width=width, y=y, height=height, **more)


def line(cls: str, x1: object, x2: object, y1: object, y2: object) -> Markup:
    return tag("line", cls=cls, x1=x1, x2=x2, y1=y1, y2=y2)


def dot(cls: str, cx: object, cy: object, r: object) -> Markup:
    return tag("circle", cls=cls, cx=cx, cy=cy, r=r)


def words(
    cls: str, text: object, x: object, y: object, anchor: str | None = None, dx: int | None = None
) -> Markup:
    return tag("text", text, cls=cls, x=x, y=y, dx=dx, text_anchor=anchor)


def chart(kind: str, height: object, parts: Iterable[Markup], label: str | None) -> Markup:
    """A chart as wide as its place; without a label it is decoration beside its number."""
    body = Markup("").join(parts)
    named = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return tag("svg", body, cls=f"ch ch-{kind}", width="100%", height=height, **named)
