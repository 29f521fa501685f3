"""What certification's slugs are called: one file per noun."""

from certification.words import (
    appeals,
    applications,
    certificates,
    clocks,
    corrections,
    evaluation,
    evidence,
    fees,
    handover,
    impartiality,
    laboratory,
    life,
    notices,
    refusals,
    registers,
    reviews,
    sheets,
    surveillance,
)

WORDS = (
    applications.WORDS
    | evaluation.WORDS
    | evidence.WORDS
    | handover.WORDS
    | impartiality.WORDS
    | laboratory.WORDS
    | life.WORDS
    | surveillance.WORDS
    | notices.WORDS
    | certificates.WORDS
    | clocks.WORDS
    | corrections.WORDS
    | refusals.WORDS
    | registers.WORDS
    | reviews.WORDS
    | sheets.WORDS
    | appeals.WORDS
    | fees.WORDS
)
