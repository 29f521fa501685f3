"""Leave alone the factors that rows have taken, those of drafts as well

Until now a factor counted as used once a footprint was frozen, so an import could change it under a draft.

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-29 11:10:00

"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE factor SET used = true WHERE id IN (SELECT factor_id FROM activity_row)")


def downgrade():
    """Which of them a footprint rests on is told by nothing that is left; all stay as they are."""
