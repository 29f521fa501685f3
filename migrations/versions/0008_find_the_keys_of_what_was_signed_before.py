"""Find the keys of what was signed before

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-28 15:00:00

"""

import base64
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SIGNED = """
SELECT o.uscc, s.signature FROM (
    SELECT c.body_id, c.signature, c.created_at AS moment FROM certificate c
    UNION ALL
    SELECT c.body_id, v.signature, c.created_at FROM certificate_version v
        JOIN certificate c ON c.id = v.certificate_id
    UNION ALL
    SELECT a.body_id, a.signature, a.made_at FROM written_act a
) s JOIN organisation o ON o.id = s.body_id ORDER BY s.moment
"""
KEYS = sa.table(
    "signing_key",
    sa.column("uscc", sa.String),
    sa.column("kid", sa.String),
    sa.column("created_at", core.db.UtcDateTime(timezone=True)),
)


def upgrade():
    """In the order of their first signature, so that the newest is the one in use."""
    connection, known = op.get_bind(), set()
    for uscc, signature in connection.execute(sa.text(SIGNED)):
        kid = kid_of(signature)
        if kid and kid not in known:
            known.add(kid)
            connection.execute(KEYS.insert().values(uscc=uscc, kid=kid, created_at=datetime.now(UTC)))


def kid_of(signature):
    """The key named in the head of a compact JWS; "" for what is none."""
    head = signature.partition(".")[0]
    try:
        return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))).get("kid", "")
    except ValueError:
        return ""


def downgrade():
    """Nothing was changed but a table that goes with the revision before."""
