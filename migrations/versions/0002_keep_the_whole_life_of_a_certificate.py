"""Keep the whole life of a certificate."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('holiday', 'workday')", name=op.f("ck_calendar_day_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_day_day"), ["day"], unique=False)

    op.create_table(
        "calendar_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_calendar_version")),
    )
    op.create_table(
        "outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("credited", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends > begins", name=op.f("ck_outage_ends_after_it_begins")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_table(
        "register_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("former_end", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act = 'enter' OR (former_end IS NOT NULL AND reason <> '')",
            name=op.f("ck_register_act_ending_explained"),
        ),
        sa.CheckConstraint("act IN ('enter', 'end')", name=op.f("ck_register_act_act_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_act")),
    )
    with op.batch_alter_table("register_act", schema=None) as batch_op:
        batch_op.create_index("ix_register_act_entry", ["register", "entry_id"], unique=False)

    op.create_table(
        "reporter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
    )
    op.create_table(
        "accreditation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_accreditation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation")),
        sa.UniqueConstraint(
            "organisation_id",
            "number",
            "valid_from",
            name=op.f("uq_accreditation_organisation_id_number_valid_from"),
        ),
    )
    with op.batch_alter_table("accreditation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accreditation_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "competence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.CheckConstraint("function IN ('review', 'decide')", name=op.f("ck_competence_function_known")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_competence_dates_in_order")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_competence_body_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_competence_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence")),
        sa.UniqueConstraint(
            "user_id",
            "body_id",
            "family",
            "function",
            "valid_from",
            name=op.f("uq_competence_user_id_body_id_family_function_valid_from"),
        ),
    )
    with op.batch_alter_table("competence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competence_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_competence_user_id"), ["user_id"], unique=False)

    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("regulator_id", sa.Integer(), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_complaint_text_given")),
        sa.ForeignKeyConstraint(["file"], ["stored_file.digest"], name=op.f("fk_complaint_file")),
        sa.ForeignKeyConstraint(["handler_id"], ["user.id"], name=op.f("fk_complaint_handler_id")),
        sa.ForeignKeyConstraint(
            ["regulator_id"], ["organisation.id"], name=op.f("fk_complaint_regulator_id")
        ),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporter.id"], name=op.f("fk_complaint_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_number")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_state"), ["state"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('digest', 'at_once')", name=op.f("ck_delivery_kind_known")),
        sa.CheckConstraint(
            "outcome IN ('waiting', 'sent', 'not_needed', 'not_configured')",
            name=op.f("ck_delivery_outcome_known"),
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_delivery_job_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_delivery_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_user_id"), ["user_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_draft_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("user_id", "place", name=op.f("uq_draft_user_id_place")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_saved_at"), ["saved_at"], unique=False)

    op.create_table(
        "fee_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("application_fee", sa.String(length=64), nullable=False),
        sa.Column("person_day", sa.String(length=64), nullable=False),
        sa.Column("test_item", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("certificate_fee", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_fee_rule_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_rule")),
        sa.UniqueConstraint(
            "body_id", "scheme_code", "version", name=op.f("uq_fee_rule_body_id_scheme_code_version")
        ),
    )
    with op.batch_alter_table("fee_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fee_rule_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fee_rule_scheme_code"), ["scheme_code"], unique=False)

    op.create_table(
        "notice_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.CheckConstraint(
            "how IN ('digest', 'at_once', 'none')", name=op.f("ck_notice_preference_how_known")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_preference_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_preference")),
        sa.UniqueConstraint("user_id", "group", name=op.f("uq_notice_preference_user_id_group")),
    )
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_training_hours_positive")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_training_body_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_training_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
    )
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_user_id"), ["user_id"], unique=False)

    op.create_table(
        "violation_report",
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("regulator_id", sa.Integer(), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_violation_report_text_given")),
        sa.ForeignKeyConstraint(["file"], ["stored_file.digest"], name=op.f("fk_violation_report_file")),
        sa.ForeignKeyConstraint(["handler_id"], ["user.id"], name=op.f("fk_violation_report_handler_id")),
        sa.ForeignKeyConstraint(
            ["regulator_id"], ["organisation.id"], name=op.f("fk_violation_report_regulator_id")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["reporter.id"], name=op.f("fk_violation_report_reporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation_report")),
        sa.UniqueConstraint("number", name=op.f("uq_violation_report_number")),
    )
    with op.batch_alter_table("violation_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_violation_report_state"), ["state"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_calendar_feed_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("how IN ('digest', 'at_once', 'none')", name=op.f("ck_notice_how_known")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_notice_delivery_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("user_id", "once", name=op.f("uq_notice_user_id_once")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_delivery_id"), ["delivery_id"], unique=False)
        batch_op.create_index("ix_notice_subject", ["subject"], unique=False)
        batch_op.create_index("ix_notice_unread", ["user_id", "read_at"], unique=False)

    op.create_table(
        "application_copy",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("copied_by", sa.String(), nullable=False),
        sa.Column("copied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_copy_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["application.id"], name=op.f("fk_application_copy_source_id")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_copy")),
    )
    with op.batch_alter_table("application_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_copy_source_id"), ["source_id"], unique=False)

    op.create_table(
        "case_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("free OR reason <> ''", name=op.f("ck_case_declaration_tie_has_reason")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_case_declaration_application_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_case_declaration_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_declaration")),
        sa.UniqueConstraint(
            "application_id", "user_id", name=op.f("uq_case_declaration_application_id_user_id")
        ),
    )
    with op.batch_alter_table("case_declaration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_declaration_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_declaration_user_id"), ["user_id"], unique=False)

    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("gross", sa.Integer(), nullable=True),
        sa.Column("net", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(result = 'running') = (ended_on IS NULL)", name=op.f("ck_clock_ended_when_not_running")
        ),
        sa.CheckConstraint("first IN ('next', 'same')", name=op.f("ck_clock_first_known")),
        sa.CheckConstraint(
            "owner IN ('client', 'laboratory', 'body', 'regulator')", name=op.f("ck_clock_owner_known")
        ),
        sa.CheckConstraint(
            "result IN ('running', 'met', 'late', 'void')", name=op.f("ck_clock_result_known")
        ),
        sa.CheckConstraint("unit IN ('working', 'calendar', 'months')", name=op.f("ck_clock_unit_known")),
        sa.CheckConstraint("days >= 0", name=op.f("ck_clock_days_not_negative")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_clock_application_id")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_clock_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_body_id"), ["body_id"], unique=False)
        batch_op.create_index("ix_clock_name_ended", ["name", "ended_on"], unique=False)
        batch_op.create_index("ix_clock_result_due", ["result", "due"], unique=False)
        batch_op.create_index("ix_clock_subject", ["kind", "subject_id"], unique=False)
        batch_op.create_index(
            "uq_clock_running",
            ["name", "kind", "subject_id"],
            unique=True,
            sqlite_where=sa.text("result = 'running'"),
            postgresql_where=sa.text("result = 'running'"),
        )

    op.create_table(
        "fee_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind <> 'reduction' OR note <> ''", name=op.f("ck_fee_entry_reduction_has_ground")
        ),
        sa.CheckConstraint(
            "kind IN ('reduction', 'invoice', 'payment')", name=op.f("ck_fee_entry_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_fee_entry_application_id")
        ),
        sa.ForeignKeyConstraint(["file"], ["stored_file.digest"], name=op.f("fk_fee_entry_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_entry")),
    )
    with op.batch_alter_table("fee_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fee_entry_application_id"), ["application_id"], unique=False)

    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("total", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_quote_application_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["fee_rule.id"], name=op.f("fk_quote_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("application_id", name=op.f("uq_quote_application_id")),
    )
    op.create_table(
        "responsibility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_responsibility_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_responsibility_organisation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_responsibility_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility")),
    )
    with op.batch_alter_table("responsibility", schema=None) as batch_op:
        batch_op.create_index("ix_responsibility_case", ["application_id", "organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_responsibility_user_id"), ["user_id"], unique=False)

    op.create_table(
        "sheet_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("result_version", sa.Integer(), nullable=False),
        sa.Column("supplement_id", sa.Integer(), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("letters", sa.JSON(), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('inventory', 'models')", name=op.f("ck_sheet_upload_kind_known")),
        sa.CheckConstraint("rows_read = accepted + refused", name=op.f("ck_sheet_upload_rows_add_up")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_sheet_upload_application_id")
        ),
        sa.ForeignKeyConstraint(["digest"], ["stored_file.digest"], name=op.f("fk_sheet_upload_digest")),
        sa.ForeignKeyConstraint(
            ["supplement_id"], ["sheet_upload.id"], name=op.f("fk_sheet_upload_supplement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_upload")),
    )
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_upload_application_id"), ["application_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_submission_digest_length")),
        sa.CheckConstraint("number > 0", name=op.f("ck_submission_number_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_submission_application_id")
        ),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["user.id"], name=op.f("fk_submission_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_submission_application_id_number")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_application_id"), ["application_id"], unique=False)

    op.create_table(
        "certificate_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=False),
        sa.Column("product_name", sa.String(), nullable=False),
        sa.Column("carbon", sa.String(length=64), nullable=False),
        sa.Column("carbon_unit", sa.String(), nullable=False),
        sa.Column("models", sa.JSON(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("full_document", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_certificate_version_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_version_certificate_id")
        ),
        sa.ForeignKeyConstraint(
            ["document"], ["stored_file.digest"], name=op.f("fk_certificate_version_document")
        ),
        sa.ForeignKeyConstraint(
            ["full_document"], ["stored_file.digest"], name=op.f("fk_certificate_version_full_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_version")),
        sa.UniqueConstraint("application_id", name=op.f("uq_certificate_version_application_id")),
        sa.UniqueConstraint(
            "certificate_id", "edition", name=op.f("uq_certificate_version_certificate_id_edition")
        ),
        sa.UniqueConstraint("digest", name=op.f("uq_certificate_version_digest")),
    )
    with op.batch_alter_table("certificate_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_version_certificate_id"), ["certificate_id"], unique=False
        )

    op.create_table(
        "clock_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clock_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.CheckConstraint("kind <> 'fix' OR until IS NOT NULL", name=op.f("ck_clock_entry_fix_names_a_day")),
        sa.CheckConstraint(
            "kind IN ('start', 'fix', 'pause', 'resume', 'extend', 'credit', 'replan', 'met', 'late', 'void')",
            name=op.f("ck_clock_entry_kind_known"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('extend', 'credit') OR days > 0", name=op.f("ck_clock_entry_added_days_positive")
        ),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_clock_entry_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_entry")),
    )
    with op.batch_alter_table("clock_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_entry_clock_id"), ["clock_id"], unique=False)

    op.create_table(
        "custody_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("taker", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("seal_number", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("giver <> '' AND taker <> ''", name=op.f("ck_custody_entry_both_named")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_custody_entry_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_entry")),
    )
    with op.batch_alter_table("custody_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_custody_entry_sample_id"), ["sample_id"], unique=False)

    op.create_table(
        "expiry_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_expiry_reminder_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expiry_reminder")),
        sa.UniqueConstraint("certificate_id", "lead", name=op.f("uq_expiry_reminder_certificate_id_lead")),
    )
    with op.batch_alter_table("expiry_reminder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_expiry_reminder_certificate_id"), ["certificate_id"], unique=False
        )

    op.create_table(
        "label_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("quantity", sa.String(length=64), nullable=True),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("picture_name", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "medium IN ('product', 'packaging', 'advertising', 'brochure')",
            name=op.f("ck_label_use_medium_known"),
        ),
        sa.CheckConstraint("place <> ''", name=op.f("ck_label_use_place_given")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_label_use_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_label_use_certificate_id")
        ),
        sa.ForeignKeyConstraint(["picture"], ["stored_file.digest"], name=op.f("fk_label_use_picture")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_use")),
    )
    with op.batch_alter_table("label_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_label_use_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "nonconformity_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonconformity_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_name", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("judged_by", sa.String(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome = '' OR verdict <> ''", name=op.f("ck_nonconformity_answer_verdict_given")
        ),
        sa.CheckConstraint(
            "outcome IN ('', 'reject', 'close')", name=op.f("ck_nonconformity_answer_outcome_known")
        ),
        sa.ForeignKeyConstraint(
            ["evidence"], ["stored_file.digest"], name=op.f("fk_nonconformity_answer_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["nonconformity_id"], ["nonconformity.id"], name=op.f("fk_nonconformity_answer_nonconformity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nonconformity_answer")),
        sa.UniqueConstraint(
            "nonconformity_id", "round", name=op.f("uq_nonconformity_answer_nonconformity_id_round")
        ),
    )
    with op.batch_alter_table("nonconformity_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nonconformity_answer_nonconformity_id"), ["nonconformity_id"], unique=False
        )

    op.create_table(
        "planned_laboratory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["laboratory_id"], ["organisation.id"], name=op.f("fk_planned_laboratory_laboratory_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["evaluation_plan.id"], name=op.f("fk_planned_laboratory_plan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_laboratory")),
        sa.UniqueConstraint(
            "plan_id", "laboratory_id", name=op.f("uq_planned_laboratory_plan_id_laboratory_id")
        ),
    )
    with op.batch_alter_table("planned_laboratory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_laboratory_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "planned_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("person_days", sa.String(length=64), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.CheckConstraint("name <> '' AND address <> ''", name=op.f("ck_planned_site_place_named")),
        sa.ForeignKeyConstraint(["plan_id"], ["evaluation_plan.id"], name=op.f("fk_planned_site_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_site")),
    )
    with op.batch_alter_table("planned_site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_site_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "sheet_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('waiting', 'refused', 'accepted', 'dropped', 'replaced')",
            name=op.f("ck_sheet_row_outcome_known"),
        ),
        sa.ForeignKeyConstraint(["upload_id"], ["sheet_upload.id"], name=op.f("fk_sheet_row_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_row")),
    )
    with op.batch_alter_table("sheet_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_row_upload_id"), ["upload_id"], unique=False)

    op.create_table(
        "status_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('suspend', 'restore', 'withdraw', 'cancel')", name=op.f("ck_status_proposal_kind_known")
        ),
        sa.CheckConstraint(
            "source IN ('holder', 'suspension_ended', 'surveillance', 'retraction')",
            name=op.f("ck_status_proposal_source_known"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_status_proposal_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_proposal")),
        sa.UniqueConstraint(
            "certificate_id",
            "kind",
            "source",
            "source_id",
            name=op.f("uq_status_proposal_certificate_id_kind_source_source_id"),
        ),
    )
    with op.batch_alter_table("status_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_status_proposal_certificate_id"), ["certificate_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_status_proposal_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_status_proposal_asked",
            ["certificate_id", "kind"],
            unique=True,
            sqlite_where=sa.text("source = 'holder' AND state = 'open'"),
            postgresql_where=sa.text("source = 'holder' AND state = 'open'"),
        )

    op.create_table(
        "surveillance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("window_from", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("weak", sa.Boolean(), nullable=False),
        sa.Column("person_days", sa.String(length=64), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("conducted_on", sa.Date(), nullable=True),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("requirement", sa.String(), nullable=False),
        sa.Column("correction_due", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("evidence_name", sa.String(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("concluded_by", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("alarmed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state <> 'conducted' OR conducted_on IS NOT NULL",
            name=op.f("ck_surveillance_conducted_on_a_day"),
        ),
        sa.CheckConstraint("due >= window_from", name=op.f("ck_surveillance_window_in_order")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_surveillance_certificate_id")
        ),
        sa.ForeignKeyConstraint(["evidence"], ["stored_file.digest"], name=op.f("fk_surveillance_evidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveillance")),
        sa.UniqueConstraint("certificate_id", "ordinal", name=op.f("uq_surveillance_certificate_id_ordinal")),
    )
    with op.batch_alter_table("surveillance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveillance_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_surveillance_state"), ["state"], unique=False)

    op.create_table(
        "written_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("appeal_until", sa.Date(), nullable=True),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(statement) > 2", name=op.f("ck_written_act_statement_present")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_written_act_application_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_written_act_body_id")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_written_act_certificate_id")
        ),
        sa.ForeignKeyConstraint(["document"], ["stored_file.digest"], name=op.f("fk_written_act_document")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["organisation.id"], name=op.f("fk_written_act_recipient_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_act")),
        sa.UniqueConstraint("digest", name=op.f("uq_written_act_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_written_act_number")),
    )
    with op.batch_alter_table("written_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_written_act_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_written_act_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_written_act_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_written_act_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_written_act_recipient_id"), ["recipient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_written_act_subject"), ["subject"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("appellant_id", sa.Integer(), nullable=False),
        sa.Column("regulator_id", sa.Integer(), nullable=True),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("second_until", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("conclusion_reasons", sa.String(), nullable=False),
        sa.CheckConstraint("grounds <> ''", name=op.f("ck_appeal_grounds_given")),
        sa.CheckConstraint("outcome = '' OR reasons <> ''", name=op.f("ck_appeal_decision_has_reasons")),
        sa.CheckConstraint(
            "outcome IN ('', 'upheld', 'changed', 'annulled')", name=op.f("ck_appeal_outcome_known")
        ),
        sa.ForeignKeyConstraint(["act_id"], ["written_act.id"], name=op.f("fk_appeal_act_id")),
        sa.ForeignKeyConstraint(["appellant_id"], ["organisation.id"], name=op.f("fk_appeal_appellant_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_appeal_application_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_appeal_body_id")),
        sa.ForeignKeyConstraint(["file"], ["stored_file.digest"], name=op.f("fk_appeal_file")),
        sa.ForeignKeyConstraint(["regulator_id"], ["organisation.id"], name=op.f("fk_appeal_regulator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("act_id", name=op.f("uq_appeal_act_id")),
        sa.UniqueConstraint("number", name=op.f("uq_appeal_number")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_appellant_id"), ["appellant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_regulator_id"), ["regulator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_state"), ["state"], unique=False)

    op.create_table(
        "site_photograph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("check_slug", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "check_slug IN ('process_flow', 'energy_material_balance', 'evidence_reliability', 'product_consistency', 'energy_monitoring', 'calculation_completeness', 'quality_assurance')",
            name=op.f("ck_site_photograph_check_known"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_site_photograph_application_id")
        ),
        sa.ForeignKeyConstraint(["digest"], ["stored_file.digest"], name=op.f("fk_site_photograph_digest")),
        sa.ForeignKeyConstraint(["site_id"], ["planned_site.id"], name=op.f("fk_site_photograph_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_photograph")),
    )
    with op.batch_alter_table("site_photograph", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_site_photograph_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_site_photograph_site_id"), ["site_id"], unique=False)

    op.create_table(
        "surveillance_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("surveillance_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.CheckConstraint(
            "function IN ('lead_verifier', 'verifier')", name=op.f("ck_surveillance_member_function_known")
        ),
        sa.ForeignKeyConstraint(
            ["surveillance_id"], ["surveillance.id"], name=op.f("fk_surveillance_member_surveillance_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_surveillance_member_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveillance_member")),
        sa.UniqueConstraint(
            "surveillance_id",
            "user_id",
            "function",
            name=op.f("uq_surveillance_member_surveillance_id_user_id_function"),
        ),
    )
    with op.batch_alter_table("surveillance_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_surveillance_member_surveillance_id"), ["surveillance_id"], unique=False
        )

    op.create_table(
        "suspension_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["test_report.id"], name=op.f("fk_suspension_batch_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension_batch")),
        sa.UniqueConstraint("report_id", name=op.f("uq_suspension_batch_report_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purpose", sa.String(), nullable=False, server_default="initial"))
        batch_op.add_column(sa.Column("certificate_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_application_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_application_certificate_id"),
            "certificate",
            ["certificate_id"],
            ["id"],
            use_alter=True,
        )

    with op.batch_alter_table("application_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_file_digest"), ["digest"], unique=False)

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reissued_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_unique_constraint(batch_op.f("uq_certificate_replaces_id"), ["replaces_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_certificate_replaces_id"), "certificate", ["replaces_id"], ["id"]
        )

    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column(
                "declared_at",
                sa.DateTime(timezone=True),
                nullable=False,
                server_default=sa.text("CURRENT_TIMESTAMP"),
            )
        )
        batch_op.alter_column("valid_to", existing_type=sa.DATE(), nullable=True)

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("superseded", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_constraint(batch_op.f("uq_decision_application_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_decision_application_id"), ["application_id"], unique=False)
        batch_op.create_index(
            "uq_decision_standing",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("NOT superseded"),
            postgresql_where=sa.text("NOT superseded"),
        )

    with op.batch_alter_table("evaluation_plan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("parts", sa.JSON(), nullable=False, server_default='["documents", "tests", "site"]')
        )
        batch_op.add_column(sa.Column("parts_reason", sa.String(), nullable=False, server_default=""))
        batch_op.alter_column("laboratory_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("person_days", existing_type=sa.VARCHAR(length=64), nullable=True)
        batch_op.alter_column("site_from", existing_type=sa.DATE(), nullable=True)
        batch_op.alter_column("site_to", existing_type=sa.DATE(), nullable=True)

    _keep_answers()
    _plan_a_site()
    _open_places()
    with op.batch_alter_table("nonconformity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("escalated_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "raised_at",
                sa.DateTime(timezone=True),
                nullable=False,
                server_default=sa.text("CURRENT_TIMESTAMP"),
            )
        )
        batch_op.drop_constraint(batch_op.f("fk_nonconformity_evidence"), type_="foreignkey")
        batch_op.drop_column("verdict")
        batch_op.drop_column("evidence_name")
        batch_op.drop_column("answer")
        batch_op.drop_column("evidence")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_uscc", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_registration_number_family"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_registration_number_family_valid_from"), ["number", "family", "valid_from"]
        )

    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.add_column(sa.Column("items", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("ordered_on", sa.Date(), nullable=False, server_default=sa.text("CURRENT_DATE"))
        )
        batch_op.add_column(sa.Column("ordered_by", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("order_reason", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("retest_of_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("accepted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("accepted_by", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("expected_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("drawn_at", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("seal", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("mismatch", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("doubt", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("cleared", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("retained_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("retained_at", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("disposed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("disposed_by", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("disposal", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("witness", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_sample_retest_of_id"), ["retest_of_id"], unique=False)
        batch_op.create_index(
            "uq_sample_seal",
            ["seal_number"],
            unique=True,
            sqlite_where=sa.text("seal_number <> ''"),
            postgresql_where=sa.text("seal_number <> ''"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_sample_retest_of_id"), "sample", ["retest_of_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_sample_replaces_id"), "sample", ["replaces_id"], ["id"])

    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retests", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("site_verification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meetings", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("step_taken", schema=None) as batch_op:
        batch_op.add_column(sa.Column("files", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("test_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(), nullable=False, server_default="issued"))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("amends_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("amendment", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("title", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("laboratory_name", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("laboratory_address", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("customer", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("item_description", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("condition", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sampling", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sampled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("deviations", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("statement", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("file", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("file_name", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("retracted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("retracted_by", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("retraction", sa.String(), nullable=False, server_default=""))
        batch_op.drop_constraint(batch_op.f("uq_test_report_sample_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_test_report_file"), ["file"], unique=False)
        batch_op.create_index(batch_op.f("ix_test_report_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_test_report_sample_id"), ["sample_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_test_report_amends_id"), ["amends_id"])
        batch_op.create_foreign_key(batch_op.f("fk_test_report_file"), "stored_file", ["file"], ["digest"])
        batch_op.create_foreign_key(
            batch_op.f("fk_test_report_amends_id"), "test_report", ["amends_id"], ["id"]
        )

    with op.batch_alter_table("test_result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("external", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("superseded", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_constraint(batch_op.f("uq_test_result_sample_id_item"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_test_result_report_id_item"), ["report_id", "item"])
        batch_op.create_index(
            "uq_test_result_standing",
            ["sample_id", "item"],
            unique=True,
            sqlite_where=sa.text("superseded IS FALSE"),
            postgresql_where=sa.text("superseded IS FALSE"),
        )

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_application_purpose_known"),
            "purpose IN ('initial', 'change', 'extension', 'reduction', 'recertification')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_application_purpose_names_certificate"),
            "(purpose = 'initial') = (certificate_id IS NULL)",
        )
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_conflict_declaration_dates_in_order"), "valid_to IS NULL OR valid_to >= valid_from"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_conflict_declaration_tie_known"),
            "tie IN ('employment', 'consulting', 'shares', 'family', 'other')",
        )
    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_sample_kept_long_enough"), "disposed_on IS NULL OR disposed_on >= retained_until"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_sample_retest_has_reason"), "retest_of_id IS NULL OR order_reason <> ''"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_sample_seal_known"), "seal IN ('', 'intact', 'broken')"
        )
    with op.batch_alter_table("status_act", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_status_act_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_status_act_kind_known"),
            "kind IN ('suspend', 'restore', 'withdraw', 'cancel', 'supersede')",
        )
    with op.batch_alter_table("struck_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_struck_line_act_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_struck_line_act_known"),
            "act IN ('suspend', 'restore', 'withdraw', 'cancel', 'supersede')",
        )
    with op.batch_alter_table("test_report", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_test_report_amendment_has_reason"), "amends_id IS NULL OR amendment <> ''"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_test_report_retraction_has_reason"), "state <> 'retracted' OR retraction <> ''"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_test_report_state_known"), "state IN ('issued', 'superseded', 'retracted')"
        )


def _keep_answers():
    """What clients answered so far is the first round of each nonconformity."""
    op.execute(
        "INSERT INTO nonconformity_answer (nonconformity_id, round, text, evidence, evidence_name,"
        " answered_by, answered_at, outcome, verdict, judged_by)"
        " SELECT id, 1, answer, evidence, evidence_name, '', CURRENT_TIMESTAMP,"
        " CASE WHEN state = 'closed' THEN 'close' WHEN verdict <> '' THEN 'reject' ELSE '' END, verdict, ''"
        " FROM nonconformity WHERE answer <> '' AND evidence IS NOT NULL"
    )


def _plan_a_site():
    """A plan made so far visits one place: the factory."""
    plans = sa.table(
        "evaluation_plan", sa.column("id"), sa.column("application_id"), sa.column("person_days")
    )
    cases = sa.table("application", sa.column("id"), sa.column("factory", sa.JSON()))
    sites = sa.table(
        "planned_site",
        *(sa.column(name) for name in ("plan_id", "name", "address", "person_days")),
        sa.column("people", sa.JSON()),
    )
    query = sa.select(plans.c.id, plans.c.person_days, cases.c.factory)
    for plan in op.get_bind().execute(query.where(cases.c.id == plans.c.application_id)).all():
        place = {"name": plan.factory["name"], "address": plan.factory["address"]}
        row = {"plan_id": plan.id, "person_days": plan.person_days, "people": [], **place}
        op.get_bind().execute(sites.insert().values(**row))


def _open_places():
    """A point on a section opens its first field; points are narrower now."""
    for section, place in (("product", "product_name"), ("parties", "producer")):
        op.execute(f"UPDATE correction_point SET anchor = '{place}' WHERE anchor = '{section}'")


def downgrade():
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_application_purpose_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_application_purpose_names_certificate"), type_="check")
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_conflict_declaration_dates_in_order"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_conflict_declaration_tie_known"), type_="check")
    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_sample_kept_long_enough"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_sample_retest_has_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_sample_seal_known"), type_="check")
    with op.batch_alter_table("status_act", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_status_act_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_status_act_kind_known"), "kind IN ('suspend', 'restore', 'withdraw', 'cancel')"
        )
    with op.batch_alter_table("struck_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_struck_line_act_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_struck_line_act_known"), "act IN ('suspend', 'restore', 'withdraw', 'cancel')"
        )
    with op.batch_alter_table("test_report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_test_report_amendment_has_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_test_report_retraction_has_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_test_report_state_known"), type_="check")

    with op.batch_alter_table("test_result", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_test_result_standing",
            sqlite_where=sa.text("superseded IS FALSE"),
            postgresql_where=sa.text("superseded IS FALSE"),
        )
        batch_op.drop_constraint(batch_op.f("uq_test_result_report_id_item"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_test_result_sample_id_item"), ["sample_id", "item"])
        batch_op.drop_column("superseded")
        batch_op.drop_column("external")

    with op.batch_alter_table("test_report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_test_report_amends_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_test_report_file"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_test_report_amends_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_test_report_sample_id"))
        batch_op.drop_index(batch_op.f("ix_test_report_number"))
        batch_op.drop_index(batch_op.f("ix_test_report_file"))
        batch_op.create_unique_constraint(batch_op.f("uq_test_report_sample_id"), ["sample_id"])
        batch_op.drop_column("retraction")
        batch_op.drop_column("retracted_by")
        batch_op.drop_column("retracted_on")
        batch_op.drop_column("file_name")
        batch_op.drop_column("file")
        batch_op.drop_column("statement")
        batch_op.drop_column("deviations")
        batch_op.drop_column("sampled_on")
        batch_op.drop_column("sampling")
        batch_op.drop_column("condition")
        batch_op.drop_column("item_description")
        batch_op.drop_column("customer")
        batch_op.drop_column("laboratory_address")
        batch_op.drop_column("laboratory_name")
        batch_op.drop_column("title")
        batch_op.drop_column("amendment")
        batch_op.drop_column("amends_id")
        batch_op.drop_column("version")
        batch_op.drop_column("state")

    with op.batch_alter_table("step_taken", schema=None) as batch_op:
        batch_op.drop_column("files")

    with op.batch_alter_table("site_verification", schema=None) as batch_op:
        batch_op.drop_column("meetings")

    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.drop_column("retests")

    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_sample_replaces_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_sample_retest_of_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_sample_seal",
            sqlite_where=sa.text("seal_number <> ''"),
            postgresql_where=sa.text("seal_number <> ''"),
        )
        batch_op.drop_index(batch_op.f("ix_sample_retest_of_id"))
        batch_op.drop_column("witness")
        batch_op.drop_column("disposal")
        batch_op.drop_column("disposed_by")
        batch_op.drop_column("disposed_on")
        batch_op.drop_column("retained_at")
        batch_op.drop_column("retained_until")
        batch_op.drop_column("cleared")
        batch_op.drop_column("doubt")
        batch_op.drop_column("mismatch")
        batch_op.drop_column("seal")
        batch_op.drop_column("drawn_at")
        batch_op.drop_column("expected_on")
        batch_op.drop_column("accepted_by")
        batch_op.drop_column("accepted_on")
        batch_op.drop_column("replaces_id")
        batch_op.drop_column("retest_of_id")
        batch_op.drop_column("order_reason")
        batch_op.drop_column("ordered_by")
        batch_op.drop_column("ordered_on")
        batch_op.drop_column("items")

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_registration_number_family_valid_from"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_registration_number_family"), ["number", "family"])

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("parent_uscc")

    with op.batch_alter_table("nonconformity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("evidence", sa.VARCHAR(), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.VARCHAR(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("evidence_name", sa.VARCHAR(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("verdict", sa.VARCHAR(), nullable=False, server_default=""))
        batch_op.create_foreign_key(
            batch_op.f("fk_nonconformity_evidence"), "stored_file", ["evidence"], ["digest"]
        )
        batch_op.drop_column("raised_at")
        batch_op.drop_column("escalated_on")

    with op.batch_alter_table("evaluation_plan", schema=None) as batch_op:
        batch_op.alter_column("site_to", existing_type=sa.DATE(), nullable=False)
        batch_op.alter_column("site_from", existing_type=sa.DATE(), nullable=False)
        batch_op.alter_column("person_days", existing_type=sa.VARCHAR(length=64), nullable=False)
        batch_op.alter_column("laboratory_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("parts_reason")
        batch_op.drop_column("parts")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decision_standing",
            sqlite_where=sa.text("NOT superseded"),
            postgresql_where=sa.text("NOT superseded"),
        )
        batch_op.drop_index(batch_op.f("ix_decision_application_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_decision_application_id"), ["application_id"])
        batch_op.drop_column("superseded")

    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.alter_column("valid_to", existing_type=sa.DATE(), nullable=False)
        batch_op.drop_column("declared_at")
        batch_op.drop_column("note")

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_certificate_replaces_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_certificate_replaces_id"), type_="unique")
        batch_op.drop_column("edition")
        batch_op.drop_column("reissued_on")
        batch_op.drop_column("replaces_id")

    with op.batch_alter_table("application_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_file_digest"))

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_application_certificate_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_application_certificate_id"))
        batch_op.drop_column("certificate_id")
        batch_op.drop_column("purpose")

    op.drop_table("suspension_batch")
    with op.batch_alter_table("surveillance_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveillance_member_surveillance_id"))

    op.drop_table("surveillance_member")
    with op.batch_alter_table("site_photograph", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_photograph_site_id"))
        batch_op.drop_index(batch_op.f("ix_site_photograph_application_id"))

    op.drop_table("site_photograph")
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeal_state"))
        batch_op.drop_index(batch_op.f("ix_appeal_regulator_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_body_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_application_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_appellant_id"))

    op.drop_table("appeal")
    with op.batch_alter_table("written_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_written_act_subject"))
        batch_op.drop_index(batch_op.f("ix_written_act_recipient_id"))
        batch_op.drop_index(batch_op.f("ix_written_act_kind"))
        batch_op.drop_index(batch_op.f("ix_written_act_certificate_id"))
        batch_op.drop_index(batch_op.f("ix_written_act_body_id"))
        batch_op.drop_index(batch_op.f("ix_written_act_application_id"))

    op.drop_table("written_act")
    with op.batch_alter_table("surveillance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveillance_state"))
        batch_op.drop_index(batch_op.f("ix_surveillance_certificate_id"))

    op.drop_table("surveillance")
    with op.batch_alter_table("status_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_status_proposal_asked",
            sqlite_where=sa.text("source = 'holder' AND state = 'open'"),
            postgresql_where=sa.text("source = 'holder' AND state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_status_proposal_state"))
        batch_op.drop_index(batch_op.f("ix_status_proposal_certificate_id"))

    op.drop_table("status_proposal")
    with op.batch_alter_table("sheet_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_row_upload_id"))

    op.drop_table("sheet_row")
    with op.batch_alter_table("planned_site", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_site_plan_id"))

    op.drop_table("planned_site")
    with op.batch_alter_table("planned_laboratory", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_laboratory_plan_id"))

    op.drop_table("planned_laboratory")
    with op.batch_alter_table("nonconformity_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nonconformity_answer_nonconformity_id"))

    op.drop_table("nonconformity_answer")
    with op.batch_alter_table("label_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_label_use_certificate_id"))

    op.drop_table("label_use")
    with op.batch_alter_table("expiry_reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expiry_reminder_certificate_id"))

    op.drop_table("expiry_reminder")
    with op.batch_alter_table("custody_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_custody_entry_sample_id"))

    op.drop_table("custody_entry")
    with op.batch_alter_table("clock_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clock_entry_clock_id"))

    op.drop_table("clock_entry")
    with op.batch_alter_table("certificate_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_version_certificate_id"))

    op.drop_table("certificate_version")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_application_id"))

    op.drop_table("submission")
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_upload_application_id"))

    op.drop_table("sheet_upload")
    with op.batch_alter_table("responsibility", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_responsibility_user_id"))
        batch_op.drop_index("ix_responsibility_case")

    op.drop_table("responsibility")
    op.drop_table("quote")
    with op.batch_alter_table("fee_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fee_entry_application_id"))

    op.drop_table("fee_entry")
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_clock_running",
            sqlite_where=sa.text("result = 'running'"),
            postgresql_where=sa.text("result = 'running'"),
        )
        batch_op.drop_index("ix_clock_subject")
        batch_op.drop_index("ix_clock_result_due")
        batch_op.drop_index("ix_clock_name_ended")
        batch_op.drop_index(batch_op.f("ix_clock_body_id"))
        batch_op.drop_index(batch_op.f("ix_clock_application_id"))

    op.drop_table("clock")
    with op.batch_alter_table("case_declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_declaration_user_id"))
        batch_op.drop_index(batch_op.f("ix_case_declaration_application_id"))

    op.drop_table("case_declaration")
    with op.batch_alter_table("application_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_copy_source_id"))

    op.drop_table("application_copy")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_unread")
        batch_op.drop_index("ix_notice_subject")
        batch_op.drop_index(batch_op.f("ix_notice_delivery_id"))

    op.drop_table("notice")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_membership_id"))

    op.drop_table("calendar_feed")
    with op.batch_alter_table("violation_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_violation_report_state"))

    op.drop_table("violation_report")
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_training_user_id"))
        batch_op.drop_index(batch_op.f("ix_training_body_id"))

    op.drop_table("training")
    op.drop_table("notice_preference")
    with op.batch_alter_table("fee_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fee_rule_scheme_code"))
        batch_op.drop_index(batch_op.f("ix_fee_rule_body_id"))

    op.drop_table("fee_rule")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_saved_at"))

    op.drop_table("draft")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_user_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_state"))

    op.drop_table("complaint")
    with op.batch_alter_table("competence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competence_user_id"))
        batch_op.drop_index(batch_op.f("ix_competence_body_id"))

    op.drop_table("competence")
    with op.batch_alter_table("accreditation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accreditation_organisation_id"))

    op.drop_table("accreditation")
    op.drop_table("reporter")
    with op.batch_alter_table("register_act", schema=None) as batch_op:
        batch_op.drop_index("ix_register_act_entry")

    op.drop_table("register_act")
    op.drop_table("outage")
    op.drop_table("calendar_version")
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_day_day"))

    op.drop_table("calendar_day")
