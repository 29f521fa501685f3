"""What certification's slugs are called: one file per noun."""

from certification.words import (
    appeals,
    applications,
    certificates,
    corrections,
    evaluation,
    impartiality,
    laboratory,
    life,
    notices,
    refusals,
    reviews,
)

WORDS = (
    applications.WORDS
    | evaluation.WORDS
    | impartiality.WORDS
    | laboratory.WORDS
    | life.WORDS
    | notices.WORDS
    | certificates.WORDS
    | corrections.WORDS
    | refusals.WORDS
    | reviews.WORDS
    | appeals.WORDS
)
