"""Say what became of the codes of the catalogue of 2013; what the house had in a file it now has in a table."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

SOURCE = "财库〔2019〕18号品目清单（公开副本）与 2022 年印发的目录对照"
WAYS = (
    ("A02010103", "服务器", "A02010104", "服务器"),
    ("A02010104", "台式计算机", "A02010105", "台式计算机"),
    ("A02010105", "便携式计算机", "A02010108", "便携式计算机"),
    ("A02010107", "平板式微型计算机", "A02010109", "平板式计算机"),
    ("A02010109", "计算机工作站", "A02010106", "移动工作站"),
    ("A02010109", "计算机工作站", "A02010107", "图形工作站"),
    ("A0201060102", "激光打印机", "A02021001", "A3黑白打印机"),
    ("A0201060102", "激光打印机", "A02021002", "A3彩色打印机"),
    ("A0201060102", "激光打印机", "A02021003", "A4黑白打印机"),
    ("A0201060102", "激光打印机", "A02021004", "A4彩色打印机"),
    ("A0201060401", "液晶显示器", "A02021104", "液晶显示器"),
    ("A0201060901", "扫描仪", "A02021118", "扫描仪"),
    ("A020201", "复印机", "A02020100", "复印机"),
    ("A020202", "投影仪", "A02020200", "投影仪"),
    ("A020204", "多功能一体机", "A02020400", "多功能一体机"),
)


def upgrade():
    table = op.create_table(
        "category_crosswalk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_edition", sa.String(), nullable=False),
        sa.Column("from_code", sa.String(), nullable=False),
        sa.Column("from_name", sa.String(), nullable=False),
        sa.Column("to_edition", sa.String(), nullable=False),
        sa.Column("to_code", sa.String(), nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_crosswalk")),
        sa.UniqueConstraint(
            "from_edition",
            "from_code",
            "to_edition",
            "to_code",
            name=op.f("uq_category_crosswalk_from_edition_from_code_to_edition_to_code"),
        ),
    )
    op.bulk_insert(
        table,
        [
            {
                "from_edition": "2013",
                "from_code": code,
                "from_name": name,
                "to_edition": "2022",
                "to_code": new_code,
                "to_name": new_name,
                "source": SOURCE,
            }
            for code, name, new_code, new_name in WAYS
        ],
    )
    op.execute(
        "INSERT INTO procurement_category (edition, code, name, level, parent, suspect, source) "
        "SELECT '2022', 'A02010103', '中型计算机', 4, 'A02010100', suspect, source FROM procurement_category "
        "WHERE edition = '2022' AND code = 'A02010104' AND NOT EXISTS "
        "(SELECT 1 FROM procurement_category WHERE edition = '2022' AND code = 'A02010103')"
    )


def downgrade():
    op.drop_table("category_crosswalk")
