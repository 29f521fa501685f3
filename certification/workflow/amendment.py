"""What a new version of a rule may bring to a case that runs: other names and explanations, more options.

A case stays on the version it was accepted under.  Where all that a later one says otherwise is of these
kinds, nothing is asked or judged anew, and the case may be taken over to it.  Pure.
"""

import re

from schemes.document import Difference

# The version's own name and days, and how long certificates have to be converted: no case is judged by them.
OF_THE_VERSION = re.compile(r"/identity/(version|effective_from|effective_to)|/transition(/.*)?")
WORDED = re.compile(
    r"/identity/(names|category_names)/(zh|en)"
    r"|/identity/conclusion/grades/[^/]+/names/(zh|en)"
    r"|/parameters/[^/]+/(names|help)(/(zh|en))?"
    r"|/parameters/[^/]+/choices/[^/]+/names/(zh|en)"
    r"|/(derived|criteria|tests|documents|fees)/[^/]+/names/(zh|en)"
    r"|/checklists/[^/]+/[^/]+/(names|guidance)(/(zh|en))?"
)
OPTION = re.compile(r"/parameters/[^/]+/choices/[^/]+")


def told(found: list[Difference]) -> list[Difference]:
    """What would be another in the case."""
    return [each for each in found if not OF_THE_VERSION.fullmatch(each.pointer)]


def is_small(found: list[Difference]) -> bool:
    return all(_is_small(each) for each in told(found))


def _is_small(each: Difference) -> bool:
    added = each.before is None and OPTION.fullmatch(each.pointer)
    return bool(added or WORDED.fullmatch(each.pointer))
