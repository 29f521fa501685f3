"""Why the database never has to say no about schemes."""

REFUSALS: dict[str, tuple[str, str]] = {}
UNREACHABLE = {
    "uq_scheme_version_code_version": "schemes are loaded by a command, which numbers the versions itself",
}
