"""What certification's slugs are called: one file per noun."""

from certification.acts import words as appeals
from certification.aftercare.words import evidence, life, surveillance
from certification.application.words import applications, corrections, handover
from certification.certificate import words as certificates
from certification.clocks import words as clocks
from certification.complaints import words as complaints
from certification.conversion import words as conversion
from certification.evaluation.words import evaluation, reviews
from certification.fees import words as fees
from certification.impartiality import words as impartiality
from certification.laboratory import words as laboratory
from certification.late import words as late
from certification.messages import words as messages
from certification.questions import words as questions
from certification.reporting import words as reporting
from certification.tracing import words as tracing
from certification.verification import words as verification
from certification.words import notices, refusals
from certification.workbench import words as workbench
from certification.workbooks import words as sheets

WORDS = (
    applications.WORDS
    | conversion.WORDS
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
    | reviews.WORDS
    | sheets.WORDS
    | appeals.WORDS
    | fees.WORDS
    | verification.WORDS
    | questions.WORDS
    | messages.WORDS
    | late.WORDS
    | reporting.WORDS
    | tracing.WORDS
    | complaints.WORDS
    | workbench.WORDS
)
