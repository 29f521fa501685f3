"""A key that has signed is never made anew in silence."""

import importlib.util
import json
import shutil

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import select

from accounts.actor import SYSTEM
from certification.certificate import keys, statement
from certification.certificate.models import Certificate, SigningKey
from certification.certificate.operations.signing import begin_own, rotate
from certification.certificate.queries import certificates
from config import ROOT
from core import audit, health
from core.clock import today
from core.errors import Unmet
from core.words import sentence
from tests import factories
from tests.certification.aftercare.later import certificate_of

pytestmark = pytest.mark.engines("sql")


@pytest.fixture
def folder(app, tmp_path):
    app.config["KEY_DIR"] = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def signed(folder, world):
    """A certificate, and so a body whose key is known."""
    return certificate_of(world.case("certified"))


def kids(db) -> list[str]:
    return list(db.session.scalars(select(SigningKey.kid).order_by(SigningKey.id)))


def keys_check() -> health.Check:
    return next(check for check in health.checks() if check.name == "keys")


def lose(folder) -> None:
    shutil.rmtree(folder)


def replace_by_another(folder) -> None:
    [path] = folder.iterdir()
    path.unlink()
    keys.first(folder, path.stem)


def test_the_first_key_of_a_body_is_made_and_known(db, folder, signed):
    assert kids(db) == list(keys.kids(folder, signed.body.uscc))
    assert keys_check().ok


@pytest.mark.parametrize("happens", [lose, replace_by_another])
def test_a_body_whose_key_is_gone_signs_nothing_more(db, folder, world, signed, happens, client, command):
    ready = world.case("granted")
    db.session.commit()
    happens(folder)
    left = sorted(folder.glob("*"))
    with pytest.raises(Unmet) as no:
        ready.to("certified")
    assert no.value.slug == "signing-key-missing"
    db.session.rollback()
    assert sorted(folder.glob("*")) == left
    assert len(list(db.session.scalars(select(Certificate)))) == 1
    assert not keys_check().ok
    told = command("doctor", fails=True)
    assert f"{signed.body.uscc} {kids(db)[0]}" in told
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["keys"]) == (200, False)
    assert client.get("/verify").status_code == 200


def test_the_keys_are_listed_made_and_changed_by_command(db, folder, world, signed, command):
    uscc, first = signed.body.uscc, kids(db)[0]
    assert sentence("signing-key-exists", {"uscc": uscc}) in command("keys", "create", uscc, fails=True)
    stranger = factories.organisation("certification_body").uscc
    unknown = sentence("signing-key-unknown", {"uscc": stranger})
    assert unknown in command("keys", "rotate", stranger, fails=True)
    assert kids(db) == [first]
    command("keys", "rotate", uscc)
    second = kids(db)[1]
    following = certificate_of(world.case("certified"))
    assert keys.kids(folder, uscc) == {first, second}
    assert all(certificates.signature_holds(each) for each in (signed, following))
    (folder / f"{uscc}.pem").unlink()
    listed = command("keys", "list").splitlines()
    assert [line.split()[1] for line in listed] == [first, second]
    assert [line.split()[3] for line in listed] == ["MISSING", "there"]
    assert not certificates.signature_holds(signed)
    assert certificates.signature_holds(following)


# What a list reads of many at once


def other_annex(told: dict) -> str:
    told["annex"]["rows"][0]["emission"] = "0.01"
    return statement.canonical(told).decode()


def other_annex_spelt_otherwise(told: dict) -> str:
    told["annex"]["rows"][0]["emission"] = "0.01"
    return json.dumps(told)


def other_model(told: dict) -> str:
    told["product"]["models"][0]["code"] = "YT-9999"
    return statement.canonical(told).decode()


@pytest.mark.parametrize("change", [other_annex, other_annex_spelt_otherwise, other_model])
@pytest.mark.parametrize("digest", ["kept", "taken anew"])
def test_no_list_takes_for_signed_what_was_changed(db, signed, change, digest):
    assert certificates.unsigned([signed.number]) == set()  # and this is remembered
    told = json.loads(signed.statement)
    signed.statement = change(told)
    if digest == "taken anew":
        signed.digest = statement.digest(told)
    db.session.commit()
    assert certificates.unsigned([signed.number]) == {signed.number}
    assert not certificates.signature_holds(signed)


def test_a_statement_spelt_otherwise_still_holds_for_lists(db, signed):
    signed.statement = json.dumps(json.loads(signed.statement), indent=1)
    db.session.commit()
    assert certificates.unsigned([signed.number]) == set()
    assert "annex" in certificates.standing(signed, today()).said
    assert "annex" not in certificates.signed([signed.number])[signed.number].versions[-1]


def test_a_key_can_be_made_before_anything_is_signed(db, folder, world, command):
    uscc = world.body.uscc
    command("keys", "rotate", uscc, fails=True)
    command("keys", "create", uscc)
    assert kids(db) == list(keys.kids(folder, uscc))
    command("keys", "create", world.maker.uscc, fails=True)
    signed = certificate_of(world.case("certified"))
    assert certificates.signature_holds(signed)
    assert len(kids(db)) == 1


def test_an_earlier_installation_learns_its_keys_from_what_was_signed(db, world, folder, signed):
    known = kids(db)
    db.session.query(SigningKey).delete()
    [path] = (ROOT / "migrations/versions").glob("*_find_the_keys_of_what_was_signed_before.py")
    spec = importlib.util.spec_from_file_location("revision", path)
    revision = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(revision)
    with Operations.context(MigrationContext.configure(db.session.connection())):
        revision.upgrade()
    assert kids(db) == known
    assert [revision.kid_of(text) for text in ("", "no head at all", "e30..x")] == ["", "", ""]


# The head of the record, signed with the key of the installation itself


def verified(client, said: dict) -> bool:
    """As a stranger would, with nothing but what is published."""
    published = KeySet.import_key_set(client.get("/.well-known/jwks.json").json)
    payload = json.dumps(said["head"], sort_keys=True, separators=(",", ":")).encode()
    try:
        jws.deserialize_compact(said["signature"], published, algorithms=["ES256"], payload=payload)
    except JoseError:
        return False
    return True


def test_the_head_of_the_record_is_signed_and_stays_so_when_the_key_changes(db, folder, client, command):
    audit.record(SYSTEM, "note.made", "note/1")
    db.session.commit()
    assert client.get("/record/head.json").json["signature"] is None  # before the worker's first round
    for _ in range(2):
        begin_own()
        db.session.commit()
    assert len(keys.kids(folder, "platform")) == 1
    first = client.get("/record/head.json").json
    assert first["head"]["digest"] == audit.newest().digest
    assert verified(client, first)
    assert not verified(client, first | {"head": first["head"] | {"entry": 1000}})
    rotate(SYSTEM, "platform")
    db.session.commit()
    second = client.get("/record/head.json").json
    assert second["head"]["digest"] != first["head"]["digest"]
    assert [verified(client, said) for said in (first, second)] == [True, True]
    assert "the chain holds" in command("audit", "verify", "--holding", first["head"]["digest"])


def test_without_its_key_the_head_is_told_unsigned_and_the_doctor_says_so(db, folder, client):
    begin_own()
    db.session.commit()
    lose(folder)
    said = client.get("/record/head.json").json
    assert (said["head"]["digest"], said["signature"]) == (audit.newest().digest, None)
    assert not keys_check().ok


def test_that_a_signature_held_is_not_remembered_past_its_key_or_its_words(db, folder, signed):
    assert certificates.signature_holds(signed)
    own = folder / f"{signed.body.uscc}.pem"
    kept = own.read_bytes()
    own.write_bytes(b"")
    with pytest.raises(ValueError):
        certificates.signature_holds(signed)
    own.unlink()
    assert not certificates.signature_holds(signed)
    own.write_bytes(kept)
    assert certificates.signature_holds(signed)
    signed.statement = signed.statement.replace(signed.number, f"{signed.number[:-1]}9")
    assert not certificates.signature_holds(signed)
    db.session.rollback()
