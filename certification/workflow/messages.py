"""Who writes to whom about a case, and who reads it.  Pure.

The body has one thread with the applicant, one with each laboratory that tests for the case, and notes for
itself.  Applicant and laboratory do not write to each other: what they have to say goes through the body.
"""

from collections.abc import Collection

THREADS = ("applicant", "laboratory", "internal")
SIDES = ("applicant", "body", "laboratory")
INTERNAL = "internal"
WRITERS = {
    "applicant": frozenset({"applicant"}),
    "body": frozenset(
        {
            "application_reviewer",
            "case_officer",
            "document_reviewer",
            "lead_verifier",
            "verifier",
            "technical_reviewer",
            "decision_maker",
            "head_of_body",
        }
    ),
    "laboratory": frozenset({"sample_receiver", "tester", "authorised_signatory"}),
}
SIDE_OF = {"manufacturer": "applicant", "certification_body": "body", "testing_body": "laboratory"}


# An applicant asks that a place be opened: of a mistake of its own until the application is accepted, of what
# a correction does not name while that waits.
ASKED = "asked"
OUTCOMES = (ASKED, "granted", "refused")


def key_of(thread: str, laboratory_id: int | None = None) -> str:
    """What a thread is called where it is chosen."""
    return f"{thread}-{laboratory_id}" if laboratory_id else thread


def threads_of(side: str, own: int | None, laboratories: Collection[int]) -> tuple[str, ...]:
    """The keys of the threads that a side reads and writes; `own` is the organisation of who asks."""
    match side:
        case "applicant":
            return ("applicant",)
        case "laboratory":
            return (key_of("laboratory", own),) if own in laboratories else ()
        case "body":
            return ("applicant", *(key_of("laboratory", each) for each in laboratories), INTERNAL)
    return ()
