"""Convert certificates to a new version of a rule."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

PURPOSES = ("initial", "change", "extension", "reduction", "recertification")
SOURCES = ("holder", "suspension_ended", "surveillance", "retraction")


def one_of(column, words):
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def upgrade():
    op.create_table(
        "rule_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.Column("convert_by", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme_version.id"], name=op.f("fk_rule_change_scheme_id")),
        sa.ForeignKeyConstraint(["former_id"], ["scheme_version.id"], name=op.f("fk_rule_change_former_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_change")),
        sa.UniqueConstraint("scheme_id", name=op.f("uq_rule_change_scheme_id")),
    )
    op.create_table(
        "conversion_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            one_of("lead", ("published", "days:60", "days:14")), name=op.f("ck_conversion_notice_lead_known")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["rule_change.id"], name=op.f("fk_conversion_notice_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_conversion_notice_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversion_notice")),
        sa.UniqueConstraint(
            "change_id",
            "certificate_id",
            "lead",
            name=op.f("uq_conversion_notice_change_id_certificate_id_lead"),
        ),
    )
    with op.batch_alter_table("conversion_notice", schema=None) as batch_op:
        for column in ("change_id", "certificate_id"):
            batch_op.create_index(batch_op.f(f"ix_conversion_notice_{column}"), [column], unique=False)
    with op.batch_alter_table("suspension_batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        batch_op.alter_column("report_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_suspension_batch_change_id"), "rule_change", ["change_id"], ["id"]
        )
        batch_op.create_unique_constraint(batch_op.f("uq_suspension_batch_change_id"), ["change_id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_suspension_batch_one_cause"), "(report_id IS NULL) <> (change_id IS NULL)"
        )
    _let((*PURPOSES[:4], "conversion", PURPOSES[4]), (*SOURCES, "rule_change"))


def downgrade():
    _let(PURPOSES, SOURCES)
    with op.batch_alter_table("suspension_batch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_suspension_batch_one_cause"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_suspension_batch_change_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_suspension_batch_change_id"), type_="foreignkey")
        batch_op.drop_column("change_id")
        batch_op.alter_column("report_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("conversion_notice")
    op.drop_table("rule_change")


def _let(purposes, sources):
    for table, column, words in (
        ("application", "purpose", purposes),
        ("status_proposal", "source", sources),
    ):
        name = op.f(f"ck_{table}_{column}_known")
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, one_of(column, words))
