"""What people read when the database says no about schemes and drafts of rules."""

from schemes.drafts import constraints as drafts

REFUSALS = drafts.REFUSALS
UNREACHABLE = drafts.UNREACHABLE | {
    "uq_scheme_version_code_version": "schemes are loaded by a command, which numbers the versions itself",
}
