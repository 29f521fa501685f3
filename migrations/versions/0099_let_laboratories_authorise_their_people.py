"""Let laboratories authorise their people: who performs a method, who signs for it.

Who held such a role before stands as authorised for every method, approved by nobody.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None

BEFORE = ("accept", "plan", "review_documents", "verify", "review", "decide", "handle_appeal")
OF_ROLE = {"tester": "perform_test", "authorised_signatory": "sign_report"}
KNOWN = "ck_competence_function_known"
ALWAYS = date(2000, 1, 1), date(2099, 12, 31)

HELD = sa.text(
    "SELECT DISTINCT membership.user_id, membership.organisation_id, role_grant.role,"
    " role_grant.valid_from, role_grant.valid_to"
    " FROM role_grant JOIN membership ON membership.id = role_grant.membership_id"
    " JOIN organisation ON organisation.id = membership.organisation_id"
    " WHERE organisation.kind = 'testing_body' AND role_grant.role IN ('tester', 'authorised_signatory')"
).columns(valid_from=sa.Date(), valid_to=sa.Date())

COMPETENCE = sa.table(
    "competence",
    *(sa.column(name) for name in ("user_id", "body_id", "family", "category", "function", "state")),
    *(sa.column(name) for name in ("version", "basis", "evidence_name", "proposed_by", "approved_by")),
    *(sa.column(name, sa.Date()) for name in ("valid_from", "valid_to", "approved_on")),
    sa.column("pauses", sa.JSON()),
)


def upgrade():
    _know((*BEFORE, *OF_ROLE.values()))
    for person, laboratory, role, begins, ends in op.get_bind().execute(HELD).all():
        since, until = begins or ALWAYS[0], ends or ALWAYS[1]
        stands = {"user_id": person, "body_id": laboratory, "family": "method", "category": ""}
        stands |= {"function": OF_ROLE[role], "state": "approved", "version": 1, "pauses": []}
        stands |= dict.fromkeys(("basis", "evidence_name", "proposed_by", "approved_by"), "")
        span = {"valid_from": since, "valid_to": until, "approved_on": since}
        op.execute(COMPETENCE.insert().values(**stands, **span))


def downgrade():
    """Who may do what by which method is lost."""
    op.execute("DELETE FROM competence WHERE function IN ('perform_test', 'sign_report')")
    _know(BEFORE)


def _know(functions):
    known = ", ".join(f"'{name}'" for name in functions)
    with op.batch_alter_table("competence") as batch_op:
        batch_op.drop_constraint(op.f(KNOWN), type_="check")
        batch_op.create_check_constraint(op.f(KNOWN), f"function IN ({known})")
