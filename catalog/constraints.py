"""What people read when the database says no about the catalogue: nothing of it is typed by anybody."""

_DERIVED = "written only by following certificates, under the lock of the feed"
_LOADED = "loaded by a command from public data, whose lines are read one after the other"

REFUSALS: dict[str, tuple[str, str]] = {}
UNREACHABLE = {
    "ck_catalog_feed_single_row": _DERIVED,
    "ck_catalog_entry_certified_has_certificate": _DERIVED,
    "uq_catalog_entry_certificate_id": _DERIVED,
    "uq_catalog_entry_number": _DERIVED,
    "uq_catalog_entry_position": _DERIVED,
    "uq_catalog_entry_model_entry_id_code": _DERIVED,
    "uq_catalog_entry_fact_entry_id_parameter_value": _DERIVED,
    "uq_imported_device_source_hash_name": _LOADED,
    "uq_technology_name_provider": _LOADED,
}
