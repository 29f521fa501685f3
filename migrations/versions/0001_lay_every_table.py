"""Lay every table."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_entry_digest")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_entry_previous")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_subject"), ["subject"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_verb"), ["verb"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "catalog_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("scheme_version_id", sa.Integer(), nullable=True),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("trademark", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("models", sa.JSON(), nullable=False),
        sa.Column("carbon", sa.String(length=64), nullable=False),
        sa.Column("carbon_unit", sa.String(), nullable=False),
        sa.Column("declared_unit", sa.String(), nullable=False),
        sa.Column("boundary", sa.String(), nullable=False),
        sa.Column("limit_value", sa.String(length=64), nullable=True),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'certified') = (certificate_id IS NOT NULL AND number IS NOT NULL AND issued_on IS NOT NULL AND valid_to IS NOT NULL)",
            name=op.f("ck_catalog_entry_certified_has_certificate"),
        ),
        sa.CheckConstraint("kind IN ('certified', 'declared')", name=op.f("ck_catalog_entry_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_entry")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_catalog_entry_certificate_id")),
        sa.UniqueConstraint("number", name=op.f("uq_catalog_entry_number")),
        sa.UniqueConstraint("position", name=op.f("uq_catalog_entry_position")),
    )
    with op.batch_alter_table("catalog_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_entry_category"), ["category"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_entry_issued_on"), ["issued_on"], unique=False)

    op.create_table(
        "catalog_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_catalog_feed_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_feed")),
    )
    op.create_table(
        "factor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("activity_unit", sa.String(), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("gas_basis", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_year", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.CheckConstraint("confidence IN ('seen', 'memory')", name=op.f("ck_factor_confidence_known")),
        sa.CheckConstraint("version > 0", name=op.f("ck_factor_version_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_factor_code_version")),
    )
    with op.batch_alter_table("factor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_factor_category"), ["category"], unique=False)

    op.create_table(
        "held_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("omitted", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_form")),
        sa.UniqueConstraint("digest", name=op.f("uq_held_form_digest")),
    )
    with op.batch_alter_table("held_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_form_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("set_back", sa.Boolean(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_state"), ["state"], unique=False)

    op.create_table(
        "number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("body_id", "series", "year", name=op.f("uq_number_series_body_id_series_year")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uscc", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("telephone", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('manufacturer', 'certification_body', 'testing_body', 'purchasing_unit', 'regulator')",
            name=op.f("ck_organisation_kind_known"),
        ),
        sa.CheckConstraint("length(uscc) = 18", name=op.f("ck_organisation_uscc_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("uscc", name=op.f("uq_organisation_uscc")),
    )
    op.create_table(
        "policy_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category_edition", sa.String(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("category_name", sa.String(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("basis <> ''", name=op.f("ck_policy_rule_basis_given")),
        sa.CheckConstraint(
            "treatment IN ('mandatory', 'priority')", name=op.f("ck_policy_rule_treatment_known")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_policy_rule_dates_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_rule")),
        sa.UniqueConstraint(
            "category_edition",
            "category_code",
            "scheme_code",
            "valid_from",
            name=op.f("uq_policy_rule_category_edition_category_code_scheme_code_valid_from"),
        ),
    )
    op.create_table(
        "procurement_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procurement_category")),
        sa.UniqueConstraint("edition", "code", name=op.f("uq_procurement_category_edition_code")),
    )
    op.create_table(
        "scheme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("category_name", sa.String(), nullable=False),
        sa.Column("category_name_en", sa.String(), nullable=False),
        sa.Column("rule_number", sa.String(), nullable=False),
        sa.Column("rule_source", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("mode_en", sa.String(), nullable=False),
        sa.Column("declared_amount", sa.String(length=64), nullable=False),
        sa.Column("declared_unit", sa.String(), nullable=False),
        sa.Column("boundary", sa.String(), nullable=False),
        sa.Column("validity_years", sa.Integer(), nullable=False),
        sa.Column("validity_source", sa.String(), nullable=False),
        sa.Column("limit_value", sa.String(length=64), nullable=True),
        sa.Column("limit_source", sa.String(), nullable=False),
        sa.Column("limit_demo", sa.Boolean(), nullable=False),
        sa.Column("comparison", sa.String(), nullable=False),
        sa.Column("rounding_digits", sa.Integer(), nullable=False),
        sa.Column("person_days", sa.String(length=64), nullable=False),
        sa.Column("required_files", sa.JSON(), nullable=False),
        sa.Column("tests", sa.JSON(), nullable=False),
        sa.Column("clocks", sa.JSON(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "comparison IN ('full', 'rounded')", name=op.f("ck_scheme_version_comparison_known")
        ),
        sa.CheckConstraint(
            "family IN ('low_carbon', 'footprint_label')", name=op.f("ck_scheme_version_family_known")
        ),
        sa.CheckConstraint("validity_years > 0", name=op.f("ck_scheme_version_validity_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_version")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_scheme_version_code_version")),
    )
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheme_version_code"), ["code"], unique=False)

    op.create_table(
        "step_taken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_taken")),
    )
    with op.batch_alter_table("step_taken", schema=None) as batch_op:
        batch_op.create_index("ix_step_taken_subject", ["kind", "subject_id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "technology",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("principle", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('demonstration', 'promotion')", name=op.f("ck_technology_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technology")),
        sa.UniqueConstraint("name", "provider", name=op.f("uq_technology_name_provider")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("session_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
    )
    op.create_table(
        "body_scope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("approval_number", sa.String(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_body_scope_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_scope")),
        sa.UniqueConstraint(
            "body_id", "scheme_code", "valid_from", name=op.f("uq_body_scope_body_id_scheme_code_valid_from")
        ),
    )
    with op.batch_alter_table("body_scope", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_scope_body_id"), ["body_id"], unique=False)

    op.create_table(
        "catalog_entry_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["catalog_entry.id"], name=op.f("fk_catalog_entry_act_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_entry_act")),
    )
    with op.batch_alter_table("catalog_entry_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_entry_act_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "catalog_entry_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("squashed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["catalog_entry.id"], name=op.f("fk_catalog_entry_model_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_entry_model")),
        sa.UniqueConstraint("entry_id", "code", name=op.f("uq_catalog_entry_model_entry_id_code")),
    )
    with op.batch_alter_table("catalog_entry_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_entry_model_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_entry_model_squashed"), ["squashed"], unique=False)

    op.create_table(
        "conflict_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("tie", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["organisation.id"], name=op.f("fk_conflict_declaration_client_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_conflict_declaration_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declaration")),
    )
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_declaration_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_declaration_user_id"), ["user_id"], unique=False)

    op.create_table(
        "imported_device",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("source_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("lifetime_years", sa.String(length=64), nullable=True),
        sa.Column("weight_kg", sa.String(length=64), nullable=True),
        sa.Column("yearly_kwh", sa.String(length=64), nullable=True),
        sa.Column("used_in", sa.String(), nullable=False),
        sa.Column("assembled_in", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["catalog_entry.id"], name=op.f("fk_imported_device_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_imported_device")),
        sa.UniqueConstraint("source_hash", "name", name=op.f("uq_imported_device_source_hash_name")),
    )
    op.create_table(
        "inventory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("declared_amount", sa.String(length=64), nullable=False),
        sa.Column("declared_unit", sa.String(), nullable=False),
        sa.Column("output_amount", sa.String(length=64), nullable=True),
        sa.Column("output_unit", sa.String(), nullable=False),
        sa.Column("boundary", sa.String(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("gwp", sa.String(), nullable=False),
        sa.Column("system", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "boundary IN ('cradle_to_gate', 'cradle_to_site', 'cradle_to_grave')",
            name=op.f("ck_inventory_boundary_known"),
        ),
        sa.CheckConstraint("gwp IN ('AR4', 'AR5', 'AR6')", name=op.f("ck_inventory_gwp_known")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_inventory_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory")),
    )
    with op.batch_alter_table("inventory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inventory_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], ["user.id"], name=op.f("fk_invitation_invited_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitation_digest")),
        sa.UniqueConstraint("organisation_id", "email", name=op.f("uq_invitation_organisation_id_email")),
    )
    op.create_table(
        "laboratory_scope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("cma_number", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["laboratory_id"], ["organisation.id"], name=op.f("fk_laboratory_scope_laboratory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laboratory_scope")),
        sa.UniqueConstraint(
            "laboratory_id",
            "method",
            "valid_from",
            name=op.f("uq_laboratory_scope_laboratory_id_method_valid_from"),
        ),
    )
    with op.batch_alter_table("laboratory_scope", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_laboratory_scope_laboratory_id"), ["laboratory_id"], unique=False
        )

    op.create_table(
        "list_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("cutoff", sa.Date(), nullable=False),
        sa.Column("policy_date", sa.Date(), nullable=False),
        sa.Column("notice_from", sa.Date(), nullable=True),
        sa.Column("notice_to", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'published' OR (digest IS NOT NULL AND published_on IS NOT NULL AND document_number IS NOT NULL AND notice_to IS NOT NULL)",
            name=op.f("ck_list_edition_published_complete"),
        ),
        sa.CheckConstraint(
            "notice_to IS NULL OR notice_to >= notice_from", name=op.f("ck_list_edition_notice_in_order")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_list_edition_owner_id")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["list_edition.id"], name=op.f("fk_list_edition_previous_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_edition")),
        sa.UniqueConstraint("number", name=op.f("uq_list_edition_number")),
    )
    with op.batch_alter_table("list_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_edition_published_on"), ["published_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_edition_state"), ["state"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_membership_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("user_id", "organisation_id", name=op.f("uq_membership_user_id_organisation_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_user_id"), ["user_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.CheckConstraint("grade IN ('inspector', 'verifier')", name=op.f("ck_registration_grade_known")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_registration_body_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_registration_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("number", "family", name=op.f("uq_registration_number_family")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_user_id"), ["user_id"], unique=False)

    op.create_table(
        "activity_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inventory_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("factor_id", sa.Integer(), nullable=True),
        sa.Column("own_value", sa.String(length=64), nullable=True),
        sa.Column("own_unit", sa.String(), nullable=False),
        sa.Column("own_source", sa.String(), nullable=False),
        sa.Column("ncv", sa.String(length=64), nullable=True),
        sa.Column("carbon_content", sa.String(length=64), nullable=True),
        sa.Column("oxidation", sa.String(length=64), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_digest", sa.String(), nullable=False),
        sa.Column("quality", sa.String(), nullable=False),
        sa.CheckConstraint("quality IN ('', 'A', 'B', 'C', 'D')", name=op.f("ck_activity_row_quality_known")),
        sa.CheckConstraint(
            "stage IN ('raw_material', 'manufacturing', 'distribution', 'use', 'end_of_life')",
            name=op.f("ck_activity_row_stage_known"),
        ),
        sa.ForeignKeyConstraint(["factor_id"], ["factor.id"], name=op.f("fk_activity_row_factor_id")),
        sa.ForeignKeyConstraint(
            ["inventory_id"], ["inventory.id"], name=op.f("fk_activity_row_inventory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_row")),
    )
    with op.batch_alter_table("activity_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_row_factor_id"), ["factor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_activity_row_inventory_id_activity_row_position"),
            ["inventory_id", "position"],
            unique=False,
        )

    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_api_token_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    op.create_table(
        "edition_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("category_edition", sa.String(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("category_name", sa.String(), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("trademark", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("squashed", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("carbon", sa.String(length=64), nullable=False),
        sa.Column("carbon_unit", sa.String(), nullable=False),
        sa.Column("boundary", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "treatment IN ('mandatory', 'priority')", name=op.f("ck_edition_line_treatment_known")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["list_edition.id"], name=op.f("fk_edition_line_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_line")),
        sa.UniqueConstraint(
            "edition_id",
            "category_code",
            "number",
            "model",
            name=op.f("uq_edition_line_edition_id_category_code_number_model"),
        ),
        sa.UniqueConstraint("edition_id", "place", name=op.f("uq_edition_line_edition_id_place")),
    )
    with op.batch_alter_table("edition_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_line_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_edition_line_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "edition_omission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["list_edition.id"], name=op.f("fk_edition_omission_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_omission")),
    )
    with op.batch_alter_table("edition_omission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_omission_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "footprint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inventory_id", sa.Integer(), nullable=False),
        sa.Column("inventory_version", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("declared_amount", sa.String(length=64), nullable=False),
        sa.Column("declared_unit", sa.String(), nullable=False),
        sa.Column("output_amount", sa.String(length=64), nullable=False),
        sa.Column("output_unit", sa.String(), nullable=False),
        sa.Column("boundary", sa.String(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("gwp", sa.String(), nullable=False),
        sa.Column("total", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("gases", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_footprint_digest_length")),
        sa.ForeignKeyConstraint(["inventory_id"], ["inventory.id"], name=op.f("fk_footprint_inventory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_footprint")),
    )
    with op.batch_alter_table("footprint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_footprint_inventory_id"), ["inventory_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_role_grant_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("membership_id", "role", name=op.f("uq_role_grant_membership_id_role")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_membership_id"), ["membership_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column("producer", sa.JSON(), nullable=False),
        sa.Column("factory", sa.JSON(), nullable=False),
        sa.Column("product_name", sa.String(), nullable=False),
        sa.Column("product_name_en", sa.String(), nullable=False),
        sa.Column("trademark", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("inventory_id", sa.Integer(), nullable=False),
        sa.Column("footprint_id", sa.Integer(), nullable=True),
        sa.Column("acceptance", sa.JSON(), nullable=False),
        sa.Column("correction_due", sa.Date(), nullable=True),
        sa.Column("body_signed_by", sa.String(), nullable=False),
        sa.Column("client_signed_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'recalled') OR footprint_id IS NOT NULL",
            name=op.f("ck_application_footprint_once_submitted"),
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["organisation.id"], name=op.f("fk_application_applicant_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_application_body_id")),
        sa.ForeignKeyConstraint(["footprint_id"], ["footprint.id"], name=op.f("fk_application_footprint_id")),
        sa.ForeignKeyConstraint(["inventory_id"], ["inventory.id"], name=op.f("fk_application_inventory_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme_version.id"], name=op.f("fk_application_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("number", name=op.f("uq_application_number")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_state"), ["state"], unique=False)

    op.create_table(
        "struck_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act IN ('suspend', 'restore', 'withdraw', 'cancel')", name=op.f("ck_struck_line_act_known")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["edition_line.id"], name=op.f("fk_struck_line_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_struck_line")),
    )
    with op.batch_alter_table("struck_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_struck_line_line_id"), ["line_id"], unique=False)

    op.create_table(
        "application_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_file_application_id")
        ),
        sa.ForeignKeyConstraint(["digest"], ["stored_file.digest"], name=op.f("fk_application_file_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_file")),
    )
    with op.batch_alter_table("application_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_file_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("product_name", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("carbon", sa.String(length=64), nullable=False),
        sa.Column("carbon_unit", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("full_document", sa.String(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(statement) > 2", name=op.f("ck_certificate_statement_present")),
        sa.CheckConstraint("valid_to >= issued_on", name=op.f("ck_certificate_validity_in_order")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_certificate_application_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_certificate_body_id")),
        sa.ForeignKeyConstraint(["document"], ["stored_file.digest"], name=op.f("fk_certificate_document")),
        sa.ForeignKeyConstraint(
            ["full_document"], ["stored_file.digest"], name=op.f("fk_certificate_full_document")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["organisation.id"], name=op.f("fk_certificate_holder_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme_version.id"], name=op.f("fk_certificate_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("application_id", name=op.f("uq_certificate_application_id")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_certificate_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_holder_id"), ["holder_id"], unique=False)

    op.create_table(
        "correction_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_correction_point_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_point")),
    )
    with op.batch_alter_table("correction_point", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_correction_point_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("limit", sa.String(length=64), nullable=True),
        sa.Column("comparison", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("countersigned_by", sa.String(), nullable=False),
        sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind = 'grant' OR reasons <> ''", name=op.f("ck_decision_refusal_has_reasons")),
        sa.CheckConstraint("kind IN ('grant', 'refuse')", name=op.f("ck_decision_kind_known")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_decision_application_id")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_decision_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("application_id", name=op.f("uq_decision_application_id")),
    )
    op.create_table(
        "document_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.CheckConstraint("result IN ('pass', 'fail')", name=op.f("ck_document_review_result_known")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_document_review_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_review")),
    )
    with op.batch_alter_table("document_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_review_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "evaluation_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("person_days", sa.String(length=64), nullable=False),
        sa.Column("site_from", sa.Date(), nullable=False),
        sa.Column("site_to", sa.Date(), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_evaluation_plan_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["laboratory_id"], ["organisation.id"], name=op.f("fk_evaluation_plan_laboratory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_plan")),
        sa.UniqueConstraint("application_id", name=op.f("uq_evaluation_plan_application_id")),
    )
    op.create_table(
        "nonconformity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("evidence_name", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.CheckConstraint("grade IN ('minor', 'major')", name=op.f("ck_nonconformity_grade_known")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_nonconformity_application_id")
        ),
        sa.ForeignKeyConstraint(["evidence"], ["stored_file.digest"], name=op.f("fk_nonconformity_evidence")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["user.id"], name=op.f("fk_nonconformity_raised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nonconformity")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_nonconformity_application_id_number")),
    )
    with op.batch_alter_table("nonconformity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nonconformity_application_id"), ["application_id"], unique=False)

    op.create_table(
        "product_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("specification", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_product_model_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_model")),
        sa.UniqueConstraint("application_id", "code", name=op.f("uq_product_model_application_id_code")),
    )
    with op.batch_alter_table("product_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_model_application_id"), ["application_id"], unique=False)

    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("seal_number", sa.String(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=True),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.CheckConstraint("method IN ('submitted', 'drawn', 'sealed')", name=op.f("ck_sample_method_known")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_sample_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_sample_application_id")
        ),
        sa.ForeignKeyConstraint(["laboratory_id"], ["organisation.id"], name=op.f("fk_sample_laboratory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("number", name=op.f("uq_sample_number")),
    )
    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sample_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sample_laboratory_id"), ["laboratory_id"], unique=False)

    op.create_table(
        "site_verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("person_days", sa.String(length=64), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "conclusion IN ('pass', 'pass_after_correction', 'fail')",
            name=op.f("ck_site_verification_conclusion_known"),
        ),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_site_verification_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_site_verification_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_verification")),
    )
    with op.batch_alter_table("site_verification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_site_verification_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "technical_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "recommendation IN ('grant', 'refuse')", name=op.f("ck_technical_review_recommendation_known")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_technical_review_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technical_review")),
    )
    with op.batch_alter_table("technical_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_technical_review_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "certificate_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("specification", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_model_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_model")),
        sa.UniqueConstraint("certificate_id", "code", name=op.f("uq_certificate_model_certificate_id_code")),
    )
    with op.batch_alter_table("certificate_model", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_model_certificate_id"), ["certificate_id"], unique=False
        )

    op.create_table(
        "label_licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("uses", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('low_carbon', 'footprint_label')", name=op.f("ck_label_licence_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_label_licence_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_licence")),
    )
    with op.batch_alter_table("label_licence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_label_licence_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_index(
            "uq_label_licence_open",
            ["certificate_id"],
            unique=True,
            sqlite_where=sa.text("state = 'requested'"),
            postgresql_where=sa.text("state = 'requested'"),
        )

    op.create_table(
        "status_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind <> 'suspend' OR until IS NOT NULL", name=op.f("ck_status_act_suspension_ends")
        ),
        sa.CheckConstraint(
            "kind IN ('suspend', 'restore', 'withdraw', 'cancel')", name=op.f("ck_status_act_kind_known")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_status_act_reason_given")),
        sa.CheckConstraint('until IS NULL OR until >= "on"', name=op.f("ck_status_act_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_status_act_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_act")),
    )
    with op.batch_alter_table("status_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_act_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.CheckConstraint(
            "function IN ('document_reviewer', 'lead_verifier', 'verifier')",
            name=op.f("ck_team_member_function_known"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["evaluation_plan.id"], name=op.f("fk_team_member_plan_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_team_member_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint(
            "plan_id", "user_id", "function", name=op.f("uq_team_member_plan_id_user_id_function")
        ),
    )
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_member_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "test_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("cma_number", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("decision_rule", sa.String(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("tester", sa.String(), nullable=False),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "conclusion IN ('pass', 'fail', 'reported')", name=op.f("ck_test_report_conclusion_known")
        ),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_test_report_ended_after_start")),
        sa.CheckConstraint("issued_on >= ended_on", name=op.f("ck_test_report_issued_after_end")),
        sa.CheckConstraint("started_on >= received_on", name=op.f("ck_test_report_started_after_receipt")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_test_report_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["laboratory_id"], ["organisation.id"], name=op.f("fk_test_report_laboratory_id")
        ),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_test_report_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_report")),
        sa.UniqueConstraint("laboratory_id", "number", name=op.f("uq_test_report_laboratory_id_number")),
        sa.UniqueConstraint("sample_id", name=op.f("uq_test_report_sample_id")),
    )
    with op.batch_alter_table("test_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_test_report_application_id"), ["application_id"], unique=False)

    op.create_table(
        "test_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("uncertainty", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("tester_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('pass', 'fail', 'undecided', 'reported')", name=op.f("ck_test_result_verdict_known")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["test_report.id"], name=op.f("fk_test_result_report_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_test_result_sample_id")),
        sa.ForeignKeyConstraint(["tester_id"], ["user.id"], name=op.f("fk_test_result_tester_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_result")),
        sa.UniqueConstraint("sample_id", "item", name=op.f("uq_test_result_sample_id_item")),
    )
    with op.batch_alter_table("test_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_test_result_report_id"), ["report_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_test_result_sample_id"), ["sample_id"], unique=False)


def downgrade():
    with op.batch_alter_table("test_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_test_result_sample_id"))
        batch_op.drop_index(batch_op.f("ix_test_result_report_id"))

    op.drop_table("test_result")
    with op.batch_alter_table("test_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_test_report_application_id"))

    op.drop_table("test_report")
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_member_plan_id"))

    op.drop_table("team_member")
    with op.batch_alter_table("status_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_act_certificate_id"))

    op.drop_table("status_act")
    with op.batch_alter_table("label_licence", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_label_licence_open",
            sqlite_where=sa.text("state = 'requested'"),
            postgresql_where=sa.text("state = 'requested'"),
        )
        batch_op.drop_index(batch_op.f("ix_label_licence_certificate_id"))

    op.drop_table("label_licence")
    with op.batch_alter_table("certificate_model", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_model_certificate_id"))

    op.drop_table("certificate_model")
    with op.batch_alter_table("technical_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_technical_review_application_id"))

    op.drop_table("technical_review")
    with op.batch_alter_table("site_verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_verification_application_id"))

    op.drop_table("site_verification")
    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sample_laboratory_id"))
        batch_op.drop_index(batch_op.f("ix_sample_application_id"))

    op.drop_table("sample")
    with op.batch_alter_table("product_model", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_model_application_id"))

    op.drop_table("product_model")
    with op.batch_alter_table("nonconformity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nonconformity_application_id"))

    op.drop_table("nonconformity")
    op.drop_table("evaluation_plan")
    with op.batch_alter_table("document_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_review_application_id"))

    op.drop_table("document_review")
    op.drop_table("decision")
    with op.batch_alter_table("correction_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_point_application_id"))

    op.drop_table("correction_point")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_holder_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_body_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("application_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_file_application_id"))

    op.drop_table("application_file")
    with op.batch_alter_table("struck_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_struck_line_line_id"))

    op.drop_table("struck_line")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_state"))
        batch_op.drop_index(batch_op.f("ix_application_body_id"))
        batch_op.drop_index(batch_op.f("ix_application_applicant_id"))

    op.drop_table("application")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_membership_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("footprint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_footprint_inventory_id"))

    op.drop_table("footprint")
    with op.batch_alter_table("edition_omission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_omission_edition_id"))

    op.drop_table("edition_omission")
    with op.batch_alter_table("edition_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_line_entry_id"))
        batch_op.drop_index(batch_op.f("ix_edition_line_certificate_id"))

    op.drop_table("edition_line")
    op.drop_table("api_token")
    with op.batch_alter_table("activity_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_row_inventory_id_activity_row_position"))
        batch_op.drop_index(batch_op.f("ix_activity_row_factor_id"))

    op.drop_table("activity_row")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_user_id"))
        batch_op.drop_index(batch_op.f("ix_registration_body_id"))

    op.drop_table("registration")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_user_id"))
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    with op.batch_alter_table("list_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_edition_state"))
        batch_op.drop_index(batch_op.f("ix_list_edition_published_on"))

    op.drop_table("list_edition")
    with op.batch_alter_table("laboratory_scope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laboratory_scope_laboratory_id"))

    op.drop_table("laboratory_scope")
    op.drop_table("invitation")
    with op.batch_alter_table("inventory", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_organisation_id"))

    op.drop_table("inventory")
    op.drop_table("imported_device")
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_declaration_user_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_declaration_client_id"))

    op.drop_table("conflict_declaration")
    with op.batch_alter_table("catalog_entry_model", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_entry_model_squashed"))
        batch_op.drop_index(batch_op.f("ix_catalog_entry_model_entry_id"))

    op.drop_table("catalog_entry_model")
    with op.batch_alter_table("catalog_entry_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_entry_act_entry_id"))

    op.drop_table("catalog_entry_act")
    with op.batch_alter_table("body_scope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_scope_body_id"))

    op.drop_table("body_scope")
    op.drop_table("user")
    op.drop_table("technology")
    op.drop_table("stored_file")
    with op.batch_alter_table("step_taken", schema=None) as batch_op:
        batch_op.drop_index("ix_step_taken_subject")

    op.drop_table("step_taken")
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheme_version_code"))

    op.drop_table("scheme_version")
    op.drop_table("procurement_category")
    op.drop_table("policy_rule")
    op.drop_table("organisation")
    op.drop_table("number_series")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state"))

    op.drop_table("job")
    with op.batch_alter_table("held_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_held_form_expires_at"))

    op.drop_table("held_form")
    with op.batch_alter_table("factor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_factor_category"))

    op.drop_table("factor")
    op.drop_table("catalog_feed")
    with op.batch_alter_table("catalog_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_entry_issued_on"))
        batch_op.drop_index(batch_op.f("ix_catalog_entry_category"))

    op.drop_table("catalog_entry")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_verb"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_subject"))

    op.drop_table("audit_entry")
