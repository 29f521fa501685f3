"""What people read when the database says no about inventories and factors."""

_LOADED = "factors are loaded by a command, which reads and numbers them itself"

REFUSALS: dict[str, tuple[str, str]] = {}
UNREACHABLE = {
    "uq_factor_code_version": _LOADED,
    "ck_factor_version_positive": _LOADED,
    "uq_activity_row_inventory_id_key": "of two saves at once the version of the inventory refuses one first",
    "ck_footprint_digest_length": "a SHA-256, computed",
    "ck_footprint_basis_since_second": "written by the arithmetic itself",
}
