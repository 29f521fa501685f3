"""The regulator's office has no commands of its own yet."""

COMMANDS = ()
