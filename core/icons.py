"""The project's own icons: a 24 grid, strokes of 1.75, round ends; the page colours them.

They reach the page as one sprite file, `<use href="…/icons.svg#i-check">`.  Category
pictures lie on a 64 grid; `.a` is the tinted face, `.b` the stroke.
"""

ICONS = {
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "x": '<path d="M6 6l12 12M18 6L6 18"/>',
    "minus": '<path d="M5 12h14"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "alert": '<path d="M12 4l9 15.5H3z"/><path d="M12 10v4.4M12 16.9v.1"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>',
    "stop": '<path d="M8.4 3.5h7.2l4.9 4.9v7.2l-4.9 4.9H8.4l-4.9-4.9V8.4z"/><path d="M9 9l6 6M15 9l-6 6"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.3V12l3.2 2"/>',
    "calendar": (
        '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>'
    ),
    "upload": (
        '<path d="M12 15.5V4.5M7.5 9L12 4.5 16.5 9M4.5 15v3.6c0 1 .8 1.9 1.9 1.9h11.2c1 0 1.9-.8 1.9-1.9'
        'V15"/>'
    ),
    "download": (
        '<path d="M12 4v11M7.5 10.7L12 15.2l4.5-4.5M4.5 15v3.6c0 1 .8 1.9 1.9 1.9h11.2'
        'c1 0 1.9-.8 1.9-1.9V15"/>'
    ),
    "file": '<path d="M6 3.5h7.5L18 8v12.5H6z"/><path d="M13.5 3.5V8H18M9 12.5h6M9 16h6"/>',
    "filecheck": '<path d="M6 3.5h7.5L18 8v12.5H6z"/><path d="M13.5 3.5V8H18M9 14.3l2 2 4-4"/>',
    "folder": '<path d="M3.5 6.5h6l2 2.5h9v10.5h-17z"/>',
    "user": '<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.3c.9-4 3.9-6 7.5-6s6.6 2 7.5 6"/>',
    "users": (
        '<circle cx="9" cy="8.5" r="3.3"/>'
        '<path d="M2.8 19.5c.7-3.6 3.2-5.4 6.2-5.4s5.5 1.8 6.2 5.4M15.5 5.4a3.3 3.3 0 0 1 0 6.2M18 14.6'
        'c1.7.8 2.8 2.4 3.2 4.9"/>'
    ),
    "building": '<path d="M5 20.5v-16h9v16M14 9.5h5v11M3 20.5h18M8 8.3h3M8 12.2h3M8 16h3"/>',
    "factory": '<path d="M3.5 20.5V10l5 3.4V10l5 3.4V4.5h4l1 16zM3.5 20.5h17M7.5 17h2M12 17h2"/>',
    "flask": (
        '<path d="M9.3 3.5h5.4M10.5 3.5v6L5.1 18.1c-.7 1.1.1 2.4 1.4 2.4h11c1.3 0 2.1-1.3 1.4-2.4'
        'L13.5 9.5v-6M7.6 14.5h8.8"/>'
    ),
    "scale": (
        '<path d="M12 4v16.5M7.5 20.5h9M4.5 7h15M4.8 7l-2.6 6.2c.4 1.5 1.5 2.3 2.7 2.3s2.3-.8 2.7-2.3z'
        'M19.2 7l-2.7 6.2c.4 1.5 1.5 2.3 2.7 2.3s2.3-.8 2.6-2.3z"/>'
    ),
    "shield": (
        '<path d="M12 3.5l7.5 2.8v5.2c0 4.6-3.1 7.6-7.5 9-4.4-1.4-7.5-4.4-7.5-9V6.3z"/>'
        '<path d="M8.4 12l2.6 2.6 4.6-5"/>'
    ),
    "qr": (
        '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20M14 20h1.5M20 14v1"/>'
    ),
    "right": '<path d="M9.5 5.5L16 12l-6.5 6.5"/>',
    "left": '<path d="M14.5 5.5L8 12l6.5 6.5"/>',
    "down": '<path d="M5.5 9.5L12 16l6.5-6.5"/>',
    "up": '<path d="M5.5 14.5L12 8l6.5 6.5"/>',
    "arrow": '<path d="M4.5 12h15M13 5.5l6.5 6.5-6.5 6.5"/>',
    "back": '<path d="M19.5 12h-15M11 5.5L4.5 12l6.5 6.5"/>',
    "trash": '<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 13.5h9.2L17.5 7M10.2 11v5.5M13.8 11v5.5"/>',
    "pencil": '<path d="M4.5 19.5l1-4.3L16 4.7l3.3 3.3L8.8 18.5zM13.6 7.1l3.3 3.3"/>',
    "eye": (
        '<path d="M2.8 12c2.2-4.3 5.4-6.5 9.2-6.5s7 2.2 9.2 6.5c-2.2 4.3-5.4 6.5-9.2 6.5S5 16.3 2.8 12z"/>'
        '<circle cx="12" cy="12" r="2.8"/>'
    ),
    "message": '<path d="M4 5h16v11.5H11L6.5 20.3V16.5H4z"/><path d="M8 9.2h8M8 12.4h5"/>',
    "flag": '<path d="M6 20.5V4M6 4.8c4-2 7 2 12 0v8.7c-5 2-8-2-12 0"/>',
    "filter": '<path d="M4 5.5h16l-6.2 7.3v5.7l-3.6 1.8v-7.5z"/>',
    "list": '<path d="M8.5 6h11.5M8.5 12H20M8.5 18H20M4.3 6h.1M4.3 12h.1M4.3 18h.1"/>',
    "grid": '<path d="M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z"/>',
    "columns": '<path d="M4 4.5h4.5v15H4zM9.8 4.5h4.5v15H9.8zM15.5 4.5H20v15h-4.5z"/>',
    "basket": '<path d="M3.5 9.5h17l-2 10.5h-13zM8 9.5L11 4M16 9.5L13 4M9.3 13v3.5M14.7 13v3.5"/>',
    "printer": '<path d="M7 8V3.5h10V8M7 16.5H4V8h16v8.5h-3M7 13.5h10v7H7z"/>',
    "sun": (
        '<circle cx="12" cy="12" r="3.8"/>'
        '<path d="M12 2.8v2.4M12 18.8v2.4M2.8 12h2.4M18.8 12h2.4M5.5 5.5l1.7 1.7M16.8 16.8l1.7 1.7'
        'M18.5 5.5l-1.7 1.7M7.2 16.8l-1.7 1.7"/>'
    ),
    "moon": '<path d="M19.5 14.3A8 8 0 0 1 9.7 4.5a8 8 0 1 0 9.8 9.8z"/>',
    "globe": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M3.5 12h17M12 3.5c2.5 2.6 3.6 5.4 3.6 8.5s-1.1 5.9-3.6 8.5c-2.5-2.6-3.6-5.4-3.6-8.5'
        'S9.5 6.1 12 3.5z"/>'
    ),
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "lock": (
        '<rect x="5" y="10.5" width="14" height="10" rx="2"/>'
        '<path d="M8.3 10.5V8a3.7 3.7 0 0 1 7.4 0v2.5M12 14.5v2"/>'
    ),
    "link": (
        '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3'
        'A4 4 0 0 0 11 18.7l1-1"/>'
    ),
    "external": '<path d="M13.5 4.5h6v6M19.5 4.5l-8.5 8.5M17.5 13.5v6h-13v-13h6"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>',
    "history": '<path d="M4.5 5v4.5H9M4.8 9.2a8 8 0 1 1-.7 4.3M12 8v4.3l3 1.8"/>',
    "truck": (
        '<path d="M3 6h11v10.5H3zM14 10h4l3 3.3v3.2h-7"/>'
        '<circle cx="7.3" cy="17.5" r="1.9"/>'
        '<circle cx="17" cy="17.5" r="1.9"/>'
    ),
    "bolt": '<path d="M13 3.5L5.5 13.5h5.5l-1 7 7.5-10h-5.5z"/>',
    "recycle": (
        '<path d="M8.8 7.5L12 3.8l3.2 3.7M12 3.8v7M4 19l1.5-5 4.7 1.6M5 15.3l6-3.5M20 19l-5.2-1-.9 4.5'
        'M19.5 18.5l-6-3.5"/>'
    ),
    "box": '<path d="M12 3.5l8 4.3v8.4l-8 4.3-8-4.3V7.8zM4 7.8l8 4.3 8-4.3M12 12.1v8.4"/>',
    "chart": '<path d="M4 20h16M7 20v-6.5M12 20V5M17 20V10"/>',
    "pin": (
        '<path d="M12 21c4.3-4.6 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2.2 6.4 6.5 11z"/>'
        '<circle cx="12" cy="10" r="2.4"/>'
    ),
    "stamp": (
        '<path d="M9.5 13.5c.8-2.5-.9-3.6-.9-6a3.4 3.4 0 0 1 6.8 0c0 2.4-1.7 3.5-.9 6M5 13.5h14v4H5z'
        'M5 20.5h14"/>'
    ),
    "camera": '<path d="M4 7.5h4l1.5-2.5h5L16 7.5h4V19H4z"/><circle cx="12" cy="13" r="3.3"/>',
    "key": '<circle cx="8" cy="15.5" r="3.8"/><path d="M10.8 12.7L19 4.5M15.5 8l2.8 2.8"/>',
    "help": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M9.7 9.7c.2-1.4 1.2-2.1 2.4-2.1 1.3 0 2.3.8 2.3 2.1 0 1.8-2.4 1.9-2.4 3.9M12 16.4v.1"/>'
    ),
    "clip": (
        '<path d="M18.5 11l-7 7a4 4 0 0 1-5.7-5.7l7.5-7.5a2.7 2.7 0 0 1 3.8 3.8l-7.3 7.3'
        'a1.3 1.3 0 0 1-1.9-1.9l6.3-6.3"/>'
    ),
    "layers": '<path d="M12 4l8.5 4.5L12 13 3.5 8.5zM4 12.5l8 4.3 8-4.3M4 16.2l8 4.3 8-4.3"/>',
    "gauge": '<path d="M4.5 18a8.5 8.5 0 1 1 15 0M12 14l4-5.5M7 18h10"/>',
    "drop": '<path d="M12 3.5c4 4.7 6 7.7 6 10.5a6 6 0 0 1-12 0c0-2.8 2-5.8 6-10.5z"/>',
    "copy": '<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2"/><path d="M15.5 8.5V4H4v11.5h4.5"/>',
    "tag": '<path d="M4 4h7.5l8.5 8.5-7.5 7.5L4 11.5zM8 8v.1"/>',
    "send": '<path d="M20.5 3.5L3.5 10.3l6.7 3.5 3.5 6.7zM10.2 13.8l4.3-4.3"/>',
    "pause": '<circle cx="12" cy="12" r="8.5"/><path d="M9.8 9v6M14.2 9v6"/>',
    "dots": '<path d="M5 12h.1M12 12h.1M19 12h.1"/>',
    "grip": '<path d="M9 6h.1M15 6h.1M9 12h.1M15 12h.1M9 18h.1M15 18h.1"/>',
    "undo": '<path d="M8.5 5L4.5 9l4 4M4.5 9h9.5a5.5 5.5 0 0 1 0 11H8"/>',
    "text": '<path d="M4 7V5h10v2M9 5v14M6.5 19h5M15 12v-1.5h6V12M18 10.5V19M16.5 19h3"/>',
    "logout": '<path d="M14 4.5H5v15h9M10 12h10.5M16.5 8l4 4-4 4"/>',
    "phone": '<rect x="7" y="2.8" width="10" height="18.4" rx="2"/><path d="M11 18h2"/>',
}

CATEGORY_ART = {
    "ceramic_tile": (
        '<path class="a" d="M10 24l22-12 22 12-22 12z"/>'
        '<path class="b" d="M10 24l22-12 22 12-22 12zM10 24v6l22 12 22-12v-6M10 33v6l22 12 22-12v-6'
        'M21 18l22 12M43 18L21 30"/>'
    ),
    "cement": (
        '<path class="a" d="M16 16h32v36H16z"/>'
        '<path class="b" d="M16 16l4-5h24l4 5v36H16zM16 16h32M23 28h18M23 35h18M23 42h10M20 11l3 5M44 11'
        'l-3 5"/>'
    ),
    "glass": (
        '<path class="a" d="M20 12h28v40H20z"/>'
        '<path class="b" d="M20 12h28v40H20zM14 17v40h28M26 40l14-18M26 30l7-9M36 44l7-9"/>'
    ),
    "motor": (
        '<path class="a" d="M14 20h32v24H14z"/>'
        '<path class="b" d="M14 20h32v24H14zM46 27h10v10H46M20 20v24M26 20v24M32 20v24M38 20v24M18 44'
        'l-4 8h32l-4-8M24 20v-7h14v7"/>'
    ),
    "profile": (
        '<path class="a" d="M12 18h18v18H12z"/>'
        '<path class="b" d="M12 18h18v18H12zM17 23h8v8h-8zM30 18l22-8v18l-22 8M12 36l4 3M30 36v0M34 20'
        'l14-5M34 27l14-5"/>'
    ),
    "tyre": (
        '<circle class="a" cx="32" cy="32" r="21"/>'
        '<circle class="b" cx="32" cy="32" r="21"/>'
        '<circle class="b" cx="32" cy="32" r="11"/>'
        '<circle class="b" cx="32" cy="32" r="3.5"/>'
        '<path class="b" d="M32 11v6M32 47v6M11 32h6M47 32h6M17 17l4.5 4.5M42.5 42.5L47 47M47 17'
        'l-4.5 4.5M21.5 42.5L17 47"/>'
    ),
    "fabric": (
        '<path class="a" d="M14 20c8-6 16 6 36 0v26c-20 6-28-6-36 0z"/>'
        '<path class="b" d="M14 20c8-6 16 6 36 0v26c-20 6-28-6-36 0zM14 29c8-6 16 6 36 0M14 37.5'
        'c8-6 16 6 36 0M23 18v26M32 20v28M41 21v28"/>'
    ),
    "lamp": (
        '<path class="a" d="M14 24h36l4 10H10z"/>'
        '<path class="b" d="M14 24h36l4 10H10zM24 24V10M40 24V10M18 10h28M16 40v6M32 40v10M48 40v6M24 40'
        'v4M40 40v4"/>'
    ),
    "monitor": (
        '<path class="a" d="M10 13h44v29H10z"/>'
        '<path class="b" d="M10 13h44v29H10zM10 36h44M27 42l-2 9h14l-2-9M20 51h24"/>'
    ),
    "paint": (
        '<path class="a" d="M15 22h34v30H15z"/>'
        '<path class="b" d="M15 22h34v30H15zM13 17h38v5H13zM15 30c6 0 5 9 10 9s3-9 8-9 4 14 9 14M18 17'
        'c0-9 28-9 28 0"/>'
    ),
    "laptop": (
        '<path class="a" d="M14 14h36v25H14z"/>'
        '<path class="b" d="M14 14h36v25H14zM8 45h48l-3 6H11zM27 48h10"/>'
    ),
    "desktop": (
        '<path class="a" d="M8 12h32v23H8z"/>'
        '<path class="b" d="M8 12h32v23H8zM24 35v9M15 44h18M44 12h12v40H44zM48 18h4M48 24h4M50 45v1"/>'
    ),
    "product": (
        '<path class="a" d="M32 10l20 10.5v23L32 54 12 43.5v-23z"/>'
        '<path class="b" d="M32 10l20 10.5v23L32 54 12 43.5v-23zM12 20.5L32 31l20-10.5M32 31v23M22 15.3'
        'l20 10.5"/>'
    ),
}


def sprite() -> str:
    """Every icon as a `<symbol>` of one SVG file."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{shape}</symbol>' for name, shape in ICONS.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


def category_art(category: str) -> str:
    """The inside of a category's picture; an unknown category gets the general one."""
    return CATEGORY_ART.get(category, CATEGORY_ART["product"])
