"""What is printed of a product claims nothing about a management system (认证认可条例 art. 24)."""

from certification.acts import papers
from certification.acts import queries as acts
from certification.acts.models import WrittenAct
from certification.certificate import document
from certification.certificate.queries import certificates


# guard 18
def test_the_paper_of_a_certificate_says_that_it_certifies_no_system(world):
    found = certificates.certificate(certificates.number_of(world.case("certified").id))
    printed = document.html(certificates.said(found), found.digest, found.signature, full=True)
    assert "也不表明企业的管理体系通过认证" in printed
    assert "体系认证" not in printed


# guard 18
def test_no_written_act_speaks_of_a_certified_system(db, world):
    world.case("certified")
    for act in db.session.query(WrittenAct):
        assert "体系认证" not in papers.html(acts.said(act), act.digest, act.signature)
