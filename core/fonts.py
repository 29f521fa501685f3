"""Where a font with Chinese characters lies; drawing without one ends in a crash, not in an error."""

from importlib.util import find_spec
from pathlib import Path

DEBIAN = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def chinese() -> Path:
    """The single-file font that came with the requirements, else Debian's; raise FileNotFoundError."""
    package = find_spec("pylopdf_fonts_zh_cn")
    folders = package.submodule_search_locations if package else []
    for path in [*(Path(folder) / "NotoSansSC-Regular.otf" for folder in folders), DEBIAN]:
        if path.is_file():
            return path
    raise FileNotFoundError("no font with Chinese characters; install fonts-noto-cjk")
