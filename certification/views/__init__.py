"""The pages of certification: applicants, bodies, laboratories, holders, and the public."""

from certification.views.applications import applications
from certification.views.certificates import certificates
from certification.views.labels import labels
from certification.views.laboratory import laboratory
from certification.views.public import public
from certification.views.reviews import reviews

from certification.views import answers, inventory, sections  # isort: skip  # more pages of `applications`

BLUEPRINTS = (applications, reviews, laboratory, labels, certificates, public)

__all__ = ["BLUEPRINTS", "answers", "inventory", "sections"]
