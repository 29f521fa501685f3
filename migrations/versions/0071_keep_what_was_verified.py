"""Keep what was verified beside what was declared: item by item, and the opinion."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

STANDING = sa.text("NOT superseded")


def upgrade():
    op.create_table(
        "verified_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("verified_by", sa.String(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('agreed', 'corrected', 'unverifiable')", name=op.f("ck_verified_item_outcome_known")
        ),
        sa.CheckConstraint("outcome = 'agreed' OR reason <> ''", name=op.f("ck_verified_item_reason_given")),
        sa.CheckConstraint("samples IS NULL OR samples > 0", name=op.f("ck_verified_item_samples_counted")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_verified_item_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verified_item")),
    )
    op.create_index(op.f("ix_verified_item_application_id"), "verified_item", ["application_id"])
    op.create_index(
        "uq_verified_item_standing",
        "verified_item",
        ["application_id", "subject"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_table(
        "verified_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["stored_file.digest"], name=op.f("fk_verified_evidence_digest")),
        sa.ForeignKeyConstraint(["item_id"], ["verified_item.id"], name=op.f("fk_verified_evidence_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verified_evidence")),
    )
    op.create_index(op.f("ix_verified_evidence_item_id"), "verified_evidence", ["item_id"])
    op.create_index(op.f("ix_verified_evidence_digest"), "verified_evidence", ["digest"])
    op.create_table(
        "verification_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("declared_id", sa.Integer(), nullable=False),
        sa.Column("verified_id", sa.Integer(), nullable=False),
        sa.Column("materiality", sa.String(length=64), nullable=False),
        sa.Column("assurance", sa.String(), nullable=False),
        sa.Column("misstatements", sa.JSON(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "opinion IN ('unmodified', 'modified', 'adverse', 'disclaimed')",
            name=op.f("ck_verification_opinion_opinion_known"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_verification_opinion_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["declared_id"], ["footprint.id"], name=op.f("fk_verification_opinion_declared_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_id"], ["footprint.id"], name=op.f("fk_verification_opinion_verified_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_opinion")),
    )
    for column in ("application_id", "declared_id", "verified_id"):
        op.create_index(op.f(f"ix_verification_opinion_{column}"), "verification_opinion", [column])
    op.create_index(
        "uq_verification_opinion_standing",
        "verification_opinion",
        ["application_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def downgrade():
    op.drop_table("verification_opinion")
    op.drop_table("verified_evidence")
    op.drop_table("verified_item")
