"""first tables."""

import sqlalchemy as sa
from alembic import op

from storage.models.records import (
    APPEND_ONLY_FUNCTION,
    APPEND_ONLY_POSTGRESQL,
    APPEND_ONLY_SQLITE,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("actor", sa.String(length=48), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("scope", sa.String(length=9), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_subject_id", ["subject_id"], unique=False)

    op.create_table(
        "channel_account",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("credentials_ref", sa.String(length=64), nullable=True),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("refilled_at", sa.Double(), nullable=False),
        sa.Column("paused_until", sa.Double(), nullable=False),
        sa.Column("poller", sa.String(length=32), nullable=True),
        sa.Column("polls_until", sa.Double(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_account")),
        sa.UniqueConstraint(
            "channel", "bureau_adcode", name=op.f("uq_channel_account_channel_bureau_adcode")
        ),
    )
    op.create_table(
        "counter",
        sa.Column("series", sa.String(length=24), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_counter")),
    )
    op.create_table(
        "enterprise",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("adcode", sa.String(length=9), nullable=False),
        sa.Column("contact_name", sa.LargeBinary(), nullable=True),
        sa.Column("contact_phone", sa.LargeBinary(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "verified",
                "suspended",
                name="enterprisestatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("verified_at", sa.DateTime(), nullable=True),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
        sa.UniqueConstraint(
            "bureau_adcode", "credit_code", name=op.f("uq_enterprise_bureau_adcode_credit_code")
        ),
    )
    op.create_table(
        "job_slot",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("job", "slot", name=op.f("pk_job_slot")),
    )
    op.create_table(
        "officer_invitation",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("scope", sa.String(length=9), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_officer_invitation_token_hash")),
    )
    op.create_table(
        "promise",
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=9), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=True),
        sa.Column("escalated_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index("ix_promise_kept_at_due_at", ["kept_at", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_promise_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "ranking_run",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("for_day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ranked_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_run")),
        sa.UniqueConstraint(
            "bureau_adcode", "for_day", name=op.f("uq_ranking_run_bureau_adcode_for_day")
        ),
    )
    op.create_table(
        "ranking_weights",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("learned_at", sa.DateTime(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("model", sa.JSON(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_weights")),
    )
    with op.batch_alter_table("ranking_weights", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ranking_weights_bureau_adcode"), ["bureau_adcode"], unique=False
        )

    op.create_table(
        "register_erasure",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("id_index", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_erasure")),
        sa.UniqueConstraint(
            "bureau_adcode", "id_index", name=op.f("uq_register_erasure_bureau_adcode_id_index")
        ),
    )
    op.create_table(
        "stored_setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stored_setting")),
    )
    op.create_table(
        "success_figure",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("hired", sa.Integer(), nullable=False),
        sa.Column("stay_known", sa.Integer(), nullable=False),
        sa.Column("stayed", sa.Integer(), nullable=False),
        sa.Column("complaints", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("bureau_adcode", "kind", "key", name=op.f("pk_success_figure")),
    )
    op.create_table(
        "worker",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("home", sa.String(length=9), nullable=True),
        sa.Column("trades", sa.JSON(), nullable=False),
        sa.Column("refused_trades", sa.JSON(), nullable=False),
        sa.Column("certificates", sa.JSON(), nullable=False),
        sa.Column("migration", sa.String(length=16), nullable=True),
        sa.Column("locations", sa.JSON(), nullable=False),
        sa.Column("excluded_locations", sa.JSON(), nullable=False),
        sa.Column("wage_min", sa.Integer(), nullable=True),
        sa.Column("wants_room_board", sa.Boolean(), nullable=True),
        sa.Column("education", sa.String(length=16), nullable=True),
        sa.Column("experience", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("groups", sa.LargeBinary(), nullable=True),
        sa.Column("night_shift_worker", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "registered",
                "verified",
                "seeking",
                "employed",
                "flexible",
                "public_post",
                "training",
                "not_looking",
                "unreachable",
                "left",
                name="workerstatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    with op.batch_alter_table("worker", schema=None) as batch_op:
        batch_op.create_index("ix_worker_home", ["bureau_adcode", "home"], unique=False)
        batch_op.create_index("ix_worker_phone_index", ["phone_index"], unique=False)

    op.create_table(
        "contact_address",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("worker", "enterprise", "officer", name="role", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_inbound_at", sa.DateTime(), nullable=True),
        sa.Column("last_push_at", sa.DateTime(), nullable=True),
        sa.Column("unreachable_since", sa.DateTime(), nullable=True),
        sa.Column("unsubscribed_at", sa.DateTime(), nullable=True),
        sa.Column("page_seen_at", sa.DateTime(), nullable=True),
        sa.Column("menu", sa.String(length=16), nullable=True),
        sa.Column("next_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_cursor", sa.BigInteger(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.Column("memory", sa.LargeBinary(), nullable=True),
        sa.Column("acting_for", sa.Uuid(), nullable=True),
        sa.Column("question_serial", sa.Integer(), nullable=False),
        sa.Column("fallbacks", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("handed_over_to", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["channel_account.id"],
            name=op.f("fk_contact_address_account_id_channel_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_address")),
        sa.UniqueConstraint(
            "account_id", "address_index", name=op.f("uq_contact_address_account_id_address_index")
        ),
    )
    with op.batch_alter_table("contact_address", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contact_address_menu",
            ["account_id"],
            unique=False,
            sqlite_where=sa.text("role <> 'worker' OR menu IS NOT NULL"),
            postgresql_where=sa.text("role <> 'worker' OR menu IS NOT NULL"),
        )

    op.create_table(
        "policy_notice",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("mechanism", sa.String(length=24), nullable=False),
        sa.Column("occasion", sa.String(length=48), nullable=False),
        sa.Column("card_id", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_policy_notice_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_notice")),
        sa.UniqueConstraint(
            "worker_id",
            "mechanism",
            "occasion",
            name=op.f("uq_policy_notice_worker_id_mechanism_occasion"),
        ),
    )
    op.create_table(
        "ranked_list",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ranking_run.id"], name=op.f("fk_ranked_list_run_id_ranking_run")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_ranked_list_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_ranked_list")),
    )
    with op.batch_alter_table("ranked_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ranked_list_run_id"), ["run_id"], unique=False)

    op.create_table(
        "ranking_chunk",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_worker", sa.Uuid(), nullable=False),
        sa.Column("last_worker", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ranking_run.id"], name=op.f("fk_ranking_chunk_run_id_ranking_run")
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_ranking_chunk")),
    )
    op.create_table(
        "training_wish",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("trade", sa.String(length=24), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_training_wish_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_wish")),
    )
    with op.batch_alter_table("training_wish", schema=None) as batch_op:
        batch_op.create_index(
            "ix_training_wish_worker_id_closed_at", ["worker_id", "closed_at"], unique=False
        )

    op.create_table(
        "vacancy",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("posted_by_officer", sa.Uuid(), nullable=True),
        sa.Column("post_text", sa.LargeBinary(), nullable=True),
        sa.Column("trade", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("wage_min", sa.Integer(), nullable=True),
        sa.Column("wage_max", sa.Integer(), nullable=True),
        sa.Column("wage_unit", sa.String(length=8), nullable=True),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("adcode", sa.String(length=6), nullable=True),
        sa.Column("town", sa.String(length=9), nullable=True),
        sa.Column("board", sa.Boolean(), nullable=True),
        sa.Column("lodging", sa.Boolean(), nullable=True),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("gender", sa.String(length=8), nullable=True),
        sa.Column("insurance", sa.String(length=32), nullable=True),
        sa.Column("hours", sa.String(length=40), nullable=True),
        sa.Column("payday", sa.String(length=40), nullable=True),
        sa.Column("certificates", sa.JSON(), nullable=False),
        sa.Column("occupation_code", sa.String(length=16), nullable=True),
        sa.Column("base_pay", sa.Integer(), nullable=True),
        sa.Column("education", sa.String(length=16), nullable=True),
        sa.Column("experience_years", sa.Integer(), nullable=True),
        sa.Column("needs_skill", sa.Boolean(), nullable=True),
        sa.Column("shifts", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("lasts_days", sa.Integer(), nullable=True),
        sa.Column("nearby_only", sa.Boolean(), nullable=False),
        sa.Column("reserved_for", sa.JSON(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("violations", sa.JSON(), nullable=False),
        sa.Column("rewrites", sa.JSON(), nullable=False),
        sa.Column("appeal", sa.LargeBinary(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "confirmed",
                "in_review",
                "published",
                "needs_fix",
                "rejected",
                "filled",
                "expired",
                "withdrawn",
                "suspended",
                name="vacancystatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_vacancy_enterprise_id_enterprise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
        sa.UniqueConstraint(
            "bureau_adcode", "number", name=op.f("uq_vacancy_bureau_adcode_number")
        ),
    )
    with op.batch_alter_table("vacancy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vacancy_enterprise_id"), ["enterprise_id"], unique=False
        )
        batch_op.create_index("ix_vacancy_status", ["status"], unique=False)

    op.create_table(
        "worker_status_change",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "registered",
                "verified",
                "seeking",
                "employed",
                "flexible",
                "public_post",
                "training",
                "not_looking",
                "unreachable",
                "left",
                name="workerstatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_worker_status_change_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_status_change")),
    )
    with op.batch_alter_table("worker_status_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_worker_status_change_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "address_link",
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=8), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_address_link_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_address_link_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("address_id", "worker_id", name=op.f("pk_address_link")),
    )
    with op.batch_alter_table("address_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_link_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "interested",
                "consented",
                "sent",
                "interview",
                "hired",
                "no_show",
                "rejected",
                "no_answer",
                "withdrawn",
                name="applicationstatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("firm_called", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_application_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_application_vacancy_id_vacancy")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_application_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint(
            "worker_id", "vacancy_id", name=op.f("uq_application_worker_id_vacancy_id")
        ),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(
            "ix_application_vacancy_id_status", ["vacancy_id", "status"], unique=False
        )

    op.create_table(
        "attachment",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["channel_account.id"],
            name=op.f("fk_attachment_account_id_channel_account"),
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_attachment_address_id_contact_address"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_address_id"), ["address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "register_and_match",
                "pass_contact",
                "id_number",
                "sensitive_status",
                name="purpose",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("text_version", sa.String(length=16), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "granted", "withdrawn", "declined", name="decision", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_consent_address_id_contact_address"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consent_address_id_purpose", ["address_id", "purpose"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consent_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column(
            "stream",
            sa.Enum("dialogue", "push", name="stream", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reply",
                "check_in",
                "vacancy",
                "broadcast",
                "task",
                "policy",
                "course",
                "enrolment",
                "hand_over",
                "edit",
                name="deliverykind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column(
            "operation",
            sa.Enum("send", "edit", name="operation", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("broadcast_id", sa.Uuid(), nullable=True),
        sa.Column("text_key", sa.String(length=80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("lease_until", sa.Double(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "sending",
                "accepted",
                "retry",
                "failed",
                "skipped",
                "superseded",
                "unknown",
                name="deliverystatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("external_id", sa.String(length=64), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("dedupe_key", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["channel_account.id"],
            name=op.f("fk_delivery_account_id_channel_account"),
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_delivery_address_id_contact_address"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_delivery_dedupe_key")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_account_id_external_id", ["account_id", "external_id"], unique=False
        )
        batch_op.create_index(
            "ix_delivery_address_id_cursor", ["address_id", "cursor"], unique=False
        )
        batch_op.create_index(
            "ix_delivery_address_id_stream_seq", ["address_id", "stream", "seq"], unique=False
        )
        batch_op.create_index(
            "ix_delivery_broadcast_id_status", ["broadcast_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_delivery_status_account_id", ["status", "account_id"], unique=False
        )
        batch_op.create_index("ix_delivery_subject_id", ["subject_id"], unique=False)
        batch_op.create_index(
            "ix_delivery_under_way",
            ["address_id"],
            unique=False,
            sqlite_where=sa.text("status IN ('queued', 'retry', 'sending')"),
            postgresql_where=sa.text("status IN ('queued', 'retry', 'sending')"),
        )
        batch_op.create_index(
            "ix_delivery_waiting",
            ["account_id", "priority", "not_before", "seq"],
            unique=False,
            sqlite_where=sa.text("status IN ('queued', 'retry')"),
            postgresql_where=sa.text("status IN ('queued', 'retry')"),
        )
        batch_op.create_index("ix_delivery_worker_id_kind", ["worker_id", "kind"], unique=False)

    op.create_table(
        "enterprise_address",
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("awaits_officer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_enterprise_address_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_address_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("address_id", name=op.f("pk_enterprise_address")),
    )
    with op.batch_alter_table("enterprise_address", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enterprise_address_enterprise_id"), ["enterprise_id"], unique=False
        )

    op.create_table(
        "impression",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("misses", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("weights_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_impression_vacancy_id_vacancy")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_impression_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_impression")),
    )
    with op.batch_alter_table("impression", schema=None) as batch_op:
        batch_op.create_index("ix_impression_at", ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_impression_vacancy_id"), ["vacancy_id"], unique=False)
        batch_op.create_index(
            "ix_impression_worker_id_vacancy_id", ["worker_id", "vacancy_id"], unique=False
        )

    op.create_table(
        "inbound_receipt",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "received", "done", "failed", name="receiptstatus", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["channel_account.id"],
            name=op.f("fk_inbound_receipt_account_id_channel_account"),
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_inbound_receipt_address_id_contact_address"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_receipt")),
        sa.UniqueConstraint(
            "account_id", "external_id", name=op.f("uq_inbound_receipt_account_id_external_id")
        ),
    )
    with op.batch_alter_table("inbound_receipt", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbound_receipt_address_id_status", ["address_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_inbound_receipt_status_received_at", ["status", "received_at"], unique=False
        )

    op.create_table(
        "join_code",
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("used_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_join_code_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["used_by"], ["contact_address.id"], name=op.f("fk_join_code_used_by_contact_address")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_join_code_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_code")),
    )
    with op.batch_alter_table("join_code", schema=None) as batch_op:
        batch_op.create_index("ix_join_code_code_index", ["code_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_code_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "left_out_worker",
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_left_out_worker_vacancy_id_vacancy")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_left_out_worker_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("vacancy_id", "worker_id", name=op.f("pk_left_out_worker")),
    )
    op.create_table(
        "officer",
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("scope", sa.String(length=9), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_officer_address_id_contact_address"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("address_id", name=op.f("uq_officer_address_id")),
    )
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.create_index("ix_officer_scope", ["scope"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("pushed", sa.Boolean(), nullable=False),
        sa.Column("pushed_at", sa.DateTime(), nullable=True),
        sa.Column("times_shown", sa.Integer(), nullable=False),
        sa.Column("first_shown_at", sa.DateTime(), nullable=False),
        sa.Column("last_shown_at", sa.DateTime(), nullable=False),
        sa.Column(
            "response",
            sa.Enum(
                "applied",
                "too_far",
                "wage_low",
                "cannot",
                "not_wanted",
                "other",
                "filled",
                name="response",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("responded_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_recommendation_vacancy_id_vacancy")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_recommendation_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint(
            "worker_id", "vacancy_id", name=op.f("uq_recommendation_worker_id_vacancy_id")
        ),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_pushed_at"), ["pushed_at"], unique=False
        )
        batch_op.create_index("ix_recommendation_vacancy_id", ["vacancy_id"], unique=False)

    op.create_table(
        "return_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("sms", "card", name="linkpurpose", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("delivery_id", sa.Uuid(), nullable=True),
        sa.Column("address_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_return_link_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["contact_address.id"],
            name=op.f("fk_return_link_opened_by_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_return_link_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_return_link_token_hash")),
    )
    with op.batch_alter_table("return_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_link_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "saved_wish",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("fired_at", sa.DateTime(), nullable=True),
        sa.Column("vacancy_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_saved_wish_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_saved_wish_vacancy_id_vacancy")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_saved_wish_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_wish")),
    )
    with op.batch_alter_table("saved_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_wish_worker_id"), ["worker_id"], unique=False)
        batch_op.create_index(
            "uq_saved_wish_open",
            ["worker_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "vacancy_change",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_change_vacancy_id_vacancy")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_vacancy_change")),
    )
    op.create_table(
        "vacancy_question",
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_vacancy_question_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_question_vacancy_id_vacancy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_question")),
        sa.UniqueConstraint(
            "vacancy_id",
            "worker_id",
            "topic",
            name=op.f("uq_vacancy_question_vacancy_id_worker_id_topic"),
        ),
    )
    op.create_table(
        "benefit_application",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("address_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("rule_id", sa.String(length=60), nullable=False),
        sa.Column("period", sa.String(length=24), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("ticket_index", sa.LargeBinary(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "proposed",
                "approved",
                "refused",
                "paid",
                "withdrawn",
                name="benefitstatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_benefit_application_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["officer.id"], name=op.f("fk_benefit_application_filed_by_officer")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_benefit_application_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_application")),
        sa.UniqueConstraint(
            "bureau_adcode", "number", name=op.f("uq_benefit_application_bureau_adcode_number")
        ),
    )
    with op.batch_alter_table("benefit_application", schema=None) as batch_op:
        batch_op.create_index(
            "ix_benefit_application_bureau_adcode_status", ["bureau_adcode", "status"], unique=False
        )
        batch_op.create_index("ix_benefit_application_ticket_index", ["ticket_index"], unique=False)
        batch_op.create_index(
            "ix_benefit_application_worker_id_code", ["worker_id", "code"], unique=False
        )

    op.create_table(
        "broadcast",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=9), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("trades", sa.JSON(), nullable=False),
        sa.Column("statuses", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "approved",
                "queued",
                "paused",
                "done",
                "cancelled",
                name="broadcaststatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("cursor", sa.Uuid(), nullable=True),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("progress_id", sa.Uuid(), nullable=True),
        sa.Column("progress_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_broadcast_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_broadcast_vacancy_id_vacancy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
        sa.UniqueConstraint(
            "bureau_adcode", "number", name=op.f("uq_broadcast_bureau_adcode_number")
        ),
    )
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broadcast_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index("ix_broadcast_status", ["status"], unique=False)

    op.create_table(
        "card_review",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("card_id", sa.String(length=60), nullable=False),
        sa.Column("wording", sa.String(length=16), nullable=False),
        sa.Column(
            "status",
            sa.Enum("有效", "历史", "待核", name="reviewstatus", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_card_review_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_review")),
    )
    with op.batch_alter_table("card_review", schema=None) as batch_op:
        batch_op.create_index(
            "ix_card_review_bureau_adcode_card_id", ["bureau_adcode", "card_id"], unique=False
        )

    op.create_table(
        "document_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_document_link_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_document_link_token_hash")),
    )
    op.create_table(
        "document_note",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("document_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("issuer", sa.String(length=80), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("superseded_by", sa.String(length=60), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_document_note_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_note")),
    )
    with op.batch_alter_table("document_note", schema=None) as batch_op:
        batch_op.create_index(
            "ix_document_note_bureau_adcode_document",
            ["bureau_adcode", "document_id"],
            unique=False,
        )

    op.create_table(
        "employment",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("vacancy_id", sa.Uuid(), nullable=True),
        sa.Column("employer", sa.LargeBinary(), nullable=True),
        sa.Column("workplace", sa.String(length=9), nullable=True),
        sa.Column("trade", sa.String(length=24), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "end_reason",
            sa.Enum(
                "lost",
                "changed",
                "quit",
                "corrected",
                "employer_closed",
                name="endreason",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("venue", sa.String(length=16), nullable=True),
        sa.Column("abroad", sa.Boolean(), nullable=False),
        sa.Column("contract", sa.Boolean(), nullable=True),
        sa.Column("insurance", sa.Boolean(), nullable=True),
        sa.Column("wage", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "worker",
                "enterprise",
                "officer",
                "import",
                name="source",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("last_confirmed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_employment_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_employment_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_employment_vacancy_id_vacancy")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_employment_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
    )
    with op.batch_alter_table("employment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_employment_worker_id_ended_on", ["worker_id", "ended_on"], unique=False
        )

    op.create_table(
        "home_visit",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("visit", "call", name="visitkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_home_visit_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_home_visit_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_visit")),
    )
    with op.batch_alter_table("home_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_home_visit_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "import_batch",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "previewed",
                "applied",
                "undoing",
                "undone",
                name="importstatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_import_batch_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["officer.id"], name=op.f("fk_import_batch_undone_by_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_batch_bureau_adcode_created_at",
            ["bureau_adcode", "created_at"],
            unique=False,
        )

    op.create_table(
        "phone_task",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=True),
        sa.Column("delivery_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "done", "let_go", name="callstatus", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "still_there",
                "not_working",
                "changed",
                "told",
                "no_answer",
                "wrong_number",
                "no_more_calls",
                name="calloutcome",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("dedupe_key", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_phone_task_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_phone_task_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_phone_task_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_task")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_phone_task_dedupe_key")),
    )
    with op.batch_alter_table("phone_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_phone_task_delivery_id"), ["delivery_id"], unique=False
        )
        batch_op.create_index(
            "ix_phone_task_officer_id_status_planned_on",
            ["officer_id", "status", "planned_on"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_phone_task_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "rule_release",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("rule_id", sa.String(length=60), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_rule_release_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_release")),
    )
    with op.batch_alter_table("rule_release", schema=None) as batch_op:
        batch_op.create_index("ix_rule_release_bureau_adcode", ["bureau_adcode"], unique=False)

    op.create_table(
        "statistics_snapshot",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("scope", sa.String(length=9), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_statistics_snapshot_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistics_snapshot")),
    )
    with op.batch_alter_table("statistics_snapshot", schema=None) as batch_op:
        batch_op.create_index(
            "ix_statistics_snapshot_bureau_adcode_made_at",
            ["bureau_adcode", "made_at"],
            unique=False,
        )

    op.create_table(
        "vacancy_review",
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_version", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "draft",
                "confirmed",
                "in_review",
                "published",
                "needs_fix",
                "rejected",
                "filled",
                "expired",
                "withdrawn",
                "suspended",
                name="vacancystatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_vacancy_review_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_review_vacancy_id_vacancy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_review")),
    )
    with op.batch_alter_table("vacancy_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vacancy_review_vacancy_id"), ["vacancy_id"], unique=False
        )

    op.create_table(
        "worker_case",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "offered",
                "contacted",
                "re_employed",
                "training",
                "not_willing",
                "unreachable",
                "false_alarm",
                name="casestatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_worker_case_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_worker_case_enterprise_id_enterprise"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_worker_case_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_worker_case_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_case")),
        sa.UniqueConstraint(
            "bureau_adcode", "number", name=op.f("uq_worker_case_bureau_adcode_number")
        ),
    )
    with op.batch_alter_table("worker_case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_worker_case_enterprise_id_opened_at", ["enterprise_id", "opened_at"], unique=False
        )
        batch_op.create_index(
            "ix_worker_case_officer_id_status", ["officer_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_worker_case_worker_id_status", ["worker_id", "status"], unique=False
        )

    op.create_table(
        "benefit_decision",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["benefit_application.id"],
            name=op.f("fk_benefit_decision_application_id_benefit_application"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_benefit_decision_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_decision")),
    )
    with op.batch_alter_table("benefit_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_benefit_decision_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "broadcast_left_out",
        sa.Column("broadcast_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcast.id"],
            name=op.f("fk_broadcast_left_out_broadcast_id_broadcast"),
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_broadcast_left_out_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "worker_id", name=op.f("pk_broadcast_left_out")),
    )
    with op.batch_alter_table("broadcast_left_out", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_broadcast_left_out_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "case_event",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["worker_case.id"], name=op.f("fk_case_event_case_id_worker_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_event_case_id_number")),
    )
    op.create_table(
        "check_in",
        sa.Column(
            "kind",
            sa.Enum(
                "still_there",
                "firm_called",
                "started_work",
                "applicant_called",
                "applicant_started",
                name="checkinkind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("employment_id", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("address_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "sent",
                "same",
                "changed",
                "not_working",
                "temp_leave",
                "unclear",
                "no_reply",
                "skipped",
                "cancelled",
                name="checkinstatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("receipt_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_check_in_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_check_in_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["employment_id"], ["employment.id"], name=op.f("fk_check_in_employment_id_employment")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_check_in_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint(
            "application_id", "kind", "day", name=op.f("uq_check_in_application_id_kind_day")
        ),
        sa.UniqueConstraint(
            "employment_id", "kind", "day", name=op.f("uq_check_in_employment_id_kind_day")
        ),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(
            "ix_check_in_address_id_status", ["address_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_check_in_status_not_before", ["status", "not_before"], unique=False
        )
        batch_op.create_index("ix_check_in_worker_id_status", ["worker_id", "status"], unique=False)

    op.create_table(
        "course",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("trade", sa.String(length=24), nullable=True),
        sa.Column("school", sa.String(length=60), nullable=True),
        sa.Column("adcode", sa.String(length=9), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("daily", sa.String(length=40), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("living_allowance", sa.Boolean(), nullable=True),
        sa.Column("subsidised", sa.Boolean(), nullable=True),
        sa.Column("is_free", sa.Boolean(), nullable=True),
        sa.Column("certificate", sa.String(length=24), nullable=True),
        sa.Column("contact", sa.String(length=20), nullable=True),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "open",
                "running",
                "done",
                "cancelled",
                name="coursestatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("allots_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_course_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_course_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_course_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("bureau_adcode", "number", name=op.f("uq_course_bureau_adcode_number")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(
            "ix_course_bureau_adcode_status", ["bureau_adcode", "status"], unique=False
        )

    op.create_table(
        "employment_version",
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "end_reason",
            sa.Enum(
                "lost",
                "changed",
                "quit",
                "corrected",
                "employer_closed",
                name="endreason",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("workplace", sa.String(length=9), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("venue", sa.String(length=16), nullable=True),
        sa.Column("abroad", sa.Boolean(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "worker",
                "enterprise",
                "officer",
                "import",
                name="source",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("known_from", sa.DateTime(), nullable=False),
        sa.Column("known_until", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employment_id"],
            ["employment.id"],
            name=op.f("fk_employment_version_employment_id_employment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_version")),
    )
    with op.batch_alter_table("employment_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_employment_version_employment_id"), ["employment_id"], unique=False
        )
        batch_op.create_index(
            "ix_employment_version_started_on", ["started_on", "ended_on"], unique=False
        )

    op.create_table(
        "household",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("home", sa.String(length=9), nullable=True),
        sa.Column("relocated", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_household_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint(
            "bureau_adcode", "number_index", name=op.f("uq_household_bureau_adcode_number_index")
        ),
    )
    op.create_table(
        "imported_row",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_imported_row_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_row")),
    )
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_row_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_imported_row_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "outside_payment",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("id_index", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_outside_payment_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_payment")),
    )
    with op.batch_alter_table("outside_payment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outside_payment_id_index", ["bureau_adcode", "id_index"], unique=False
        )

    op.create_table(
        "phone_call",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "still_there",
                "not_working",
                "changed",
                "told",
                "no_answer",
                "wrong_number",
                "no_more_calls",
                name="calloutcome",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("planned_before", sa.Date(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_phone_call_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["phone_task.id"], name=op.f("fk_phone_call_task_id_phone_task")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_phone_call_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_call")),
    )
    with op.batch_alter_table("phone_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phone_call_task_id"), ["task_id"], unique=False)
        batch_op.create_index("ix_phone_call_worker_id_at", ["worker_id", "at"], unique=False)

    op.create_table(
        "register_difference",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("theirs", sa.LargeBinary(), nullable=False),
        sa.Column("ours", sa.LargeBinary(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolution", sa.String(length=8), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_register_difference_batch_id_import_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_register_difference_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_register_difference_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_difference")),
    )
    with op.batch_alter_table("register_difference", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_register_difference_batch_id"), ["batch_id"], unique=False
        )
        batch_op.create_index(
            "ix_register_difference_worker_id_resolved_at",
            ["worker_id", "resolved_at"],
            unique=False,
        )

    op.create_table(
        "worker_category",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "claimed", "verified", "ended", name="categorystate", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "worker",
                "enterprise",
                "officer",
                "import",
                name="source",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_worker_category_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_worker_category_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["home_visit.id"], name=op.f("fk_worker_category_visit_id_home_visit")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_worker_category_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_category")),
    )
    with op.batch_alter_table("worker_category", schema=None) as batch_op:
        batch_op.create_index(
            "ix_worker_category_worker_id_state", ["worker_id", "state"], unique=False
        )

    op.create_table(
        "course_vacancy",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_vacancy_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_course_vacancy_vacancy_id_vacancy")
        ),
        sa.PrimaryKeyConstraint("course_id", "vacancy_id", name=op.f("pk_course_vacancy")),
    )
    with op.batch_alter_table("course_vacancy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_vacancy_vacancy_id"), ["vacancy_id"], unique=False
        )

    op.create_table(
        "enrolment",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "enrolled",
                "waitlisted",
                "attended",
                "completed",
                "dropped",
                name="enrolmentstatus",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("drop_reason", sa.String(length=16), nullable=True),
        sa.Column("drop_words", sa.LargeBinary(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("plan", sa.String(length=8), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["contact_address.id"],
            name=op.f("fk_enrolment_address_id_contact_address"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_enrolment_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_enrolment_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "course_id", "worker_id", name=op.f("uq_enrolment_course_id_worker_id")
        ),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enrolment_course_id_status", ["course_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_enrolment_worker_id_status", ["worker_id", "status"], unique=False
        )

    op.create_table(
        "household_alert",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_household_alert_household_id_household"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_household_alert_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_alert")),
        sa.UniqueConstraint("household_id", name=op.f("uq_household_alert_household_id")),
    )
    with op.batch_alter_table("household_alert", schema=None) as batch_op:
        batch_op.create_index("ix_household_alert_closed_at", ["closed_at"], unique=False)

    op.create_table(
        "register_entry",
        sa.Column("bureau_adcode", sa.String(length=6), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("id_index", sa.LargeBinary(), nullable=True),
        sa.Column("number_index", sa.LargeBinary(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("row_hash", sa.LargeBinary(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "worker",
                "enterprise",
                "officer",
                "import",
                name="source",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_register_entry_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_register_entry_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_register_entry_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint(
            "bureau_adcode", "id_index", name=op.f("uq_register_entry_bureau_adcode_id_index")
        ),
        sa.UniqueConstraint("worker_id", name=op.f("uq_register_entry_worker_id")),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_register_entry_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index(
            "ix_register_entry_number", ["bureau_adcode", "number_index"], unique=False
        )

    op.create_table(
        "training_refusal",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("quiet_until", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_training_refusal_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_training_refusal_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_refusal")),
    )
    with op.batch_alter_table("training_refusal", schema=None) as batch_op:
        batch_op.create_index("ix_training_refusal_worker_id_at", ["worker_id", "at"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_attendance_enrolment_id_enrolment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_attendance_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "day", name=op.f("pk_attendance")),
    )

    append_only()


def append_only() -> None:
    """Refuse changes to audit entries, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(APPEND_ONLY_SQLITE.format(verb=verb))
    else:
        op.execute(APPEND_ONLY_FUNCTION)
        op.execute(APPEND_ONLY_POSTGRESQL)
