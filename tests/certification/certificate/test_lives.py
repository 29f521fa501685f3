"""Many certificates read at once are held to what was signed as strictly as one that is looked up."""

from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, text

from certification.certificate.models import CertificateModel, StatusAct
from certification.certificate.queries import seals
from certification.certificate.queries.lives import lives
from core import clock, lifecycle
from core.clock import today
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of
from tests.certification.certificate.test_attested import TAMPERED, tampering

pytestmark = pytest.mark.engines("types")


@pytest.fixture
def issued(world):
    return certificate_of(world.case("certified"))


def as_signed(certificate) -> bool:
    return lives([certificate.number])[certificate.number].as_signed


def test_a_certificate_as_it_was_signed_is_read_so(issued):
    life = lives([issued.number, "LCP-32-01-2026-99999"])
    assert set(life) == {issued.number}
    assert life[issued.number].as_signed
    assert life[issued.number].versions[0].models == tuple(
        (model.code, model.specification) for model in issued.models
    )


@pytest.mark.parametrize("name", TAMPERED)
def test_each_column_that_was_changed_is_noticed(issued, name):
    with tampering(issued, TAMPERED[name]):
        assert not as_signed(issued)
    assert as_signed(issued)


def test_words_models_and_parties_that_were_changed_are_noticed(issued):
    own = {
        "statement": issued.statement.replace(issued.holder.name, "另一家企业"),
        "digest": "0" * 64,
        "signature": f"{issued.signature[:-4]}AAAA",
        "holder": factories.organisation("manufacturer"),
        "body": factories.organisation("certification_body"),
    }
    for column, value in own.items():
        with tampering(issued, {column: value}):
            assert not as_signed(issued), column
    issued.models.append(CertificateModel(code="FAKE-9999", specification=""))
    assert not as_signed(issued)


def test_a_former_version_that_was_changed_is_noticed(world, issued):
    with clock.travel(today() + timedelta(days=100)):
        case_about(world, issued, "reduction", ("YT-6015",)).to("certified")
    [former] = issued.former
    assert as_signed(issued)
    changes = {
        "product_name": "假产品",
        "carbon": Decimal("0.01"),
        "carbon_unit": "kgCO2e/t",
        "models": [{"code": "FAKE", "specification": ""}],
        "digest": "0" * 64,
        "edition": 9,
        "dated": issued.issued_on - timedelta(days=1),
    }
    for name, value in changes.items():
        with tampering(former, {name: value}):
            assert not as_signed(issued), name


@pytest.fixture
def suspended(world, issued):
    facts = {"cause": "surveillance_finding", "reason": "抽样超过限值", "until": today() + timedelta(days=60)}
    lifecycle.take(issued, "suspend", world.actor("decision_maker"), **facts)
    return issued


def test_an_act_that_was_changed_made_up_or_deleted_is_noticed(db, suspended):
    assert as_signed(suspended)
    [act] = suspended.acts
    for change in ({"on": act.on + timedelta(days=30)}, {"reason": "另一个理由"}, {"kind": "restore"}):
        with tampering(act, change):
            assert not as_signed(suspended), change
    values = {"kind": "withdraw", "on": today(), "cause": "fraud", "reason": "没有人作出"}
    suspended.acts.append(StatusAct(entered_by="无人", **values))
    assert not as_signed(suspended)
    db.session.execute(text("DELETE FROM status_act WHERE kind = 'withdraw'"))
    assert as_signed(suspended)
    db.session.execute(text("DELETE FROM status_act"))
    assert not as_signed(suspended)


def test_a_suspension_deleted_with_its_record_is_noticed_by_what_was_told_in_writing(db, suspended):
    db.session.execute(text("DELETE FROM status_act"))
    db.session.execute(text("DELETE FROM audit_entry WHERE verb = 'certificate.suspend'"))
    assert not as_signed(suspended)


def test_what_was_found_to_hold_is_not_remembered_past_the_keys(app, issued):
    assert as_signed(issued)
    own = app.config["KEY_DIR"] / f"{issued.body.uscc}.pem"
    kept = own.read_bytes()
    own.unlink()
    assert not as_signed(issued)
    own.write_bytes(kept)
    assert as_signed(issued)


def test_the_keys_are_looked_at_once_for_all_and_nothing_found_wrong_is_remembered(
    monkeypatch, world, issued
):
    other = certificate_of(world.case("certified"))
    looked, real = [], seals.keys.lying
    monkeypatch.setattr(seals.keys, "lying", lambda *place: looked.append(place) or real(*place))
    monkeypatch.setattr(seals, "_holding", set())
    assert len(lives([issued.number, other.number])) == 2
    assert len(looked) == 1
    assert len(seals._holding) == 2
    with tampering(issued, {"signature": "x"}):
        assert not as_signed(issued)
    assert len(seals._holding) == 2


def test_two_certificates_take_no_more_statements_than_one(db, world, issued):
    other = certificate_of(world.case("certified"))
    one, two = ({each.number for each in some} for some in ([issued], [issued, other]))
    assert sent(db, one) == sent(db, two)


def sent(db, numbers) -> int:
    with counted(db) as statements:
        lives(numbers)
    return len(statements)


@contextmanager
def counted(db):
    found, engine = [], db.engine

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_the_body_and_the_days_are_those_of_the_version_that_stands(issued):
    life = lives([issued.number])[issued.number]
    assert (life.body, life.body_uscc) == (issued.body.name, issued.body.uscc)
    assert (life.issued_on, life.valid_to) == (issued.issued_on, issued.valid_to)
    assert isinstance(life.begins_on, date)
