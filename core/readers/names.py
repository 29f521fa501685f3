"""Names of files, as people's machines send them."""

LONGEST = 150


def file(sent: str) -> str:
    """The name without folders and without signs that are not seen or turn the direction of writing; it
    keeps its extension, however long it is."""
    name = sent.replace("\\", "/").rpartition("/")[2]
    name = " ".join("".join(letter for letter in name if letter.isprintable()).split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    return f"{stem[: LONGEST - len(extension) - 1]}{dot}{extension}"[-LONGEST:] or "file"
