"""Keep with each row what its fuel is reckoned with

A row that burns something was reckoned with the shipped figures of heating values and of what fuels leave
unburnt; these are the newest of the library, as a save of the day would have kept them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

GASES = ("CH4", "N2O")
KINDS = {
    "coal": "CN-PROV-bitcoal CN-PROV-lignite CN-PROV-coke CN-ENT-anthracite CN-ENT-bitcoal CN-ENT-lignite "
    "CN-ENT-cleanedcoal CN-ENT-otherwashed CN-ENT-briquette CN-ENT-coke CN-ENT-tar IPCC06-anthracite "
    "IPCC06-coking_coal IPCC06-other_bituminous_coal IPCC06-sub_bituminous_coal IPCC06-lignite "
    "IPCC06-coke_oven_lignite_coke IPCC06-coal_tar",
    "oil": "CN-PROV-gasoline CN-PROV-diesel CN-PROV-petcoke CN-PROV-crude CN-PROV-fueloil CN-ENT-crude "
    "CN-ENT-fueloil CN-ENT-gasoline CN-ENT-diesel CN-ENT-kerosene CN-ENT-petcoke CN-ENT-otheroil IPCC06-oil "
    "IPCC06-natural_gas_liquids IPCC06-motor_gasoline IPCC06-jet_kerosene IPCC06-other_kerosene "
    "IPCC06-gas_diesel_oil IPCC06-residual_fuel_oil IPCC06-naphtha IPCC06-bitumen IPCC06-lubricants "
    "IPCC06-petroleum_coke IPCC06-biodiesels",
    "natgas": "CN-PROV-natgas CN-PROV-lng CN-PROV-lpg CN-PROV-bfg CN-PROV-bofg CN-PROV-cog CN-ENT-natgas "
    "CN-ENT-cog CN-ENT-bfg CN-ENT-bofg CN-ENT-carbidegas CN-ENT-othergas IPCC06-natural_gas "
    "IPCC06-liquefied_petroleum_gases IPCC06-refinery_gas IPCC06-coke_oven_gas IPCC06-blast_furnace_gas "
    "IPCC06-oxygen_steel_furnace_gas IPCC06-landfill_gas",
    "wood": "IPCC06-isw_wood",
}
KIND_OF = {f"{name}-EF": kind for kind, names in KINDS.items() for name in names.split()}

factor = sa.table(
    "factor", sa.column("id"), sa.column("code"), sa.column("version"), sa.column("used", sa.Boolean)
)
row = sa.table("activity_row", *map(sa.column, ("id", "kind", "factor_id")), sa.column("stated", sa.JSON))
inside = sa.table("row_factor", sa.column("row_id"), sa.column("factor_id"))


def upgrade():
    connection = op.get_bind()
    newest = {
        found.code: found.id
        for found in connection.execute(sa.select(factor.c.id, factor.c.code).order_by(factor.c.version))
    }
    links = [
        {"row_id": each.id, "factor_id": newest[code]}
        for each in connection.execute(rows_that_burn())
        for code in codes_of(each.kind, each.code, each.stated)
        if code in newest
    ]
    if links:
        connection.execute(inside.insert(), links)
        taken = {link["factor_id"] for link in links}
        connection.execute(factor.update().where(factor.c.id.in_(taken)).values(used=True))


def rows_that_burn():
    own = row.outerjoin(factor, factor.c.id == row.c.factor_id)
    burns = (row.c.kind == "fuel") | ((row.c.kind == "activity") & factor.c.code.in_(KIND_OF))
    return sa.select(row.c.id, row.c.kind, factor.c.code, row.c.stated).select_from(own).where(burns)


def codes_of(kind, code, stated):
    if kind == "activity":
        return (*given_off(KIND_OF[code]), code.removesuffix("EF") + "NCV")
    stated = stated or {}
    if "ncv" not in stated:
        return ()
    by_mass = stated["ncv"]["unit"].rpartition("/")[2] in ("t", "kg")
    burnt = stated.get("fuel_type") or ("" if by_mass else "natgas")
    return given_off(burnt) if burnt else ()


def given_off(kind):
    return tuple(f"IPCC06-{kind}-{gas}" for gas in GASES)


def downgrade():
    burnt = sa.select(rows_that_burn().subquery().c.id)
    op.get_bind().execute(inside.delete().where(inside.c.row_id.in_(burnt)))
