"""What certification's slugs are called: one file per noun."""

from certification.words import applications, certificates, evaluation, laboratory, refusals, reviews

WORDS = (
    applications.WORDS
    | evaluation.WORDS
    | laboratory.WORDS
    | certificates.WORDS
    | refusals.WORDS
    | reviews.WORDS
)
