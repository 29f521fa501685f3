"""The keys of the certification bodies."""

import stat
from threading import Barrier, Thread

import pytest
from joserfc import jws
from joserfc.jwk import KeySet

from certification import keys

BODY, OTHER = "91000000000000019G", "91000000000000027B"


def test_a_key_is_made_at_its_first_use_for_its_owner_only(tmp_path):
    keys.sign(tmp_path / "keys", BODY, b"said")
    path = tmp_path / "keys" / f"{BODY}.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_key_is_never_overwritten(tmp_path):
    first = keys.sign(tmp_path, BODY, b"said")
    before = (tmp_path / f"{BODY}.pem").read_bytes()
    keys.sign(tmp_path, BODY, b"more")
    keys._make(tmp_path / f"{BODY}.pem")
    assert (tmp_path / f"{BODY}.pem").read_bytes() == before
    assert keys.verifies(tmp_path, BODY, first, b"said")


def test_bodies_that_begin_at_once_still_have_one_key(tmp_path):
    start, made = Barrier(4), []

    def sign():
        start.wait()
        made.append(keys.sign(tmp_path, BODY, b"said"))

    threads = [Thread(target=sign) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert all(keys.verifies(tmp_path, BODY, signature, b"said") for signature in made)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_payload_is_not_in_the_signature(tmp_path):
    header, payload, signature = keys.sign(tmp_path, BODY, b"said").split(".")
    assert (header != "", payload, signature != "") == (True, "", True)


@pytest.mark.parametrize("signature", ["", "a..b", "no signature at all"])
def test_what_is_no_signature_does_not_verify(tmp_path, signature):
    keys.sign(tmp_path, BODY, b"said")
    assert not keys.verifies(tmp_path, BODY, signature, b"said")


def test_a_signature_of_another_body_does_not_verify(tmp_path):
    keys.sign(tmp_path, BODY, b"said")
    assert not keys.verifies(tmp_path, BODY, keys.sign(tmp_path, OTHER, b"said"), b"said")
    assert not keys.verifies(tmp_path, "91000000000000035A", keys.sign(tmp_path, BODY, b"said"), b"said")


def test_anybody_can_verify_with_the_published_keys(tmp_path):
    signature = keys.sign(tmp_path, BODY, b"said")
    keys.sign(tmp_path, OTHER, b"said")
    published = keys.published(tmp_path)
    assert not any("d" in key for key in published)
    key_set = KeySet.import_key_set({"keys": published})
    assert jws.deserialize_compact(signature, key_set, payload=b"said").headers()["alg"] == "ES256"


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path):
    with pytest.raises(ValueError):
        keys.sign(tmp_path, "../elsewhere", b"said")
