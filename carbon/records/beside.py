"""What a record of any kind may say besides its ledger."""

from carbon.footprint.apart import THEREOF
from carbon.records import conditions
from carbon.records.fields import Choice, Field

APART = Choice("apart", choices=THEREOF)  # of a whole record, or of one of its legs
FIELDS: tuple[Field, ...] = (*conditions.FIELDS, APART)
