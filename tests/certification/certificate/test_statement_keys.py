"""The keys of the certification bodies."""

import stat
from threading import Barrier, Thread

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, KeySet

from certification.certificate import keys

BODY, OTHER = "91000000000000019G", "91000000000000027B"


def sign(folder, uscc, payload):
    """With the body's first key, made when there is none."""
    return keys.sign(folder, uscc, keys.first(folder, uscc), payload)


def test_a_key_is_made_for_its_owner_only(tmp_path):
    keys.first(tmp_path / "keys", BODY)
    path = tmp_path / "keys" / f"{BODY}.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_key_is_never_overwritten(tmp_path):
    signature = sign(tmp_path, BODY, b"said")
    before = (tmp_path / f"{BODY}.pem").read_bytes()
    sign(tmp_path, BODY, b"more")
    keys._write(ECKey.generate_key("P-256"), tmp_path / f"{BODY}.pem")
    assert (tmp_path / f"{BODY}.pem").read_bytes() == before
    assert keys.verifies(tmp_path, BODY, signature, b"said")


def test_nothing_is_signed_with_a_key_that_is_missing(tmp_path):
    kid = keys.first(tmp_path, BODY)
    (tmp_path / f"{BODY}.pem").unlink()
    with pytest.raises(keys.KeyMissing):
        keys.sign(tmp_path, BODY, kid, b"said")
    assert list(tmp_path.iterdir()) == []
    assert keys.first(tmp_path, BODY) != kid
    with pytest.raises(keys.KeyMissing):
        keys.sign(tmp_path, BODY, kid, b"said")


def test_what_was_signed_with_a_former_key_is_still_checked(tmp_path):
    first = keys.first(tmp_path, BODY)
    second = keys.another(tmp_path, BODY)
    assert keys.kids(tmp_path, BODY) == {first, second}
    for kid in (first, second):
        assert keys.verifies(tmp_path, BODY, keys.sign(tmp_path, BODY, kid, b"said"), b"said")
    published = {(key["uscc"], key["kid"]) for key in keys.published(tmp_path)}
    assert published == {(BODY, first), (BODY, second)}


def test_bodies_that_begin_at_once_still_have_one_key(tmp_path):
    start, made = Barrier(4), []

    def begin():
        start.wait()
        made.append(sign(tmp_path, BODY, b"said"))

    threads = [Thread(target=begin) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert all(keys.verifies(tmp_path, BODY, signature, b"said") for signature in made)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_payload_is_not_in_the_signature(tmp_path):
    header, payload, signature = sign(tmp_path, BODY, b"said").split(".")
    assert (header != "", payload, signature != "") == (True, "", True)


@pytest.mark.parametrize("signature", ["", "a..b", "no signature at all"])
def test_what_is_no_signature_does_not_verify(tmp_path, signature):
    sign(tmp_path, BODY, b"said")
    assert not keys.verifies(tmp_path, BODY, signature, b"said")


def test_a_signature_of_another_body_does_not_verify(tmp_path):
    sign(tmp_path, BODY, b"said")
    assert not keys.verifies(tmp_path, BODY, sign(tmp_path, OTHER, b"said"), b"said")
    assert not keys.verifies(tmp_path, "91000000000000035A", sign(tmp_path, BODY, b"said"), b"said")


def test_anybody_can_verify_with_the_published_keys(tmp_path):
    signature = sign(tmp_path, BODY, b"said")
    sign(tmp_path, OTHER, b"said")
    published = keys.published(tmp_path)
    assert not any("d" in key for key in published)
    key_set = KeySet.import_key_set({"keys": published})
    assert jws.deserialize_compact(signature, key_set, payload=b"said").headers()["alg"] == "ES256"


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path):
    with pytest.raises(ValueError):
        keys.first(tmp_path, "../elsewhere")
