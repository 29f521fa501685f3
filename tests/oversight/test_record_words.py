"""What the record says was done is said in words, whatever the deed."""

import ast
from itertools import chain

from certification.fees.models import ENTRIES
from certification.workbooks.models import OUTCOMES
from certification.workflow.certificate import BECOMES
from oversight.words import RECORDED, deed
from tests.architecture.tree import ROOT, calls, office_code
from tests.architecture.vocabulary import LIVES

# What a joined verb may become: by how it is written, the members of the list that fills it.
JOINED = {
    "f'adoption.{verb}'": ["adoption.write", "adoption.word"],
    "f'edition.{event.act}'": [f"edition.{act}" for act in BECOMES],
    "f'fees.{kind}'": [f"fees.{kind}" for kind in ENTRIES],
    "f'register.{act}'": ["register.enter", "register.end"],
    "f'scheme.{outcome}'": ["scheme.added", "scheme.changed"],
    "f'sheet.row_{outcome}'": [f"sheet.row_{end}" for end in OUTCOMES if end not in ("waiting", "refused")],
    "f'{machine.kind}.{step}'": [f"{life.kind}.{name}" for life in LIVES for name in life.steps],
    "f'{model.__tablename__}.file'": ["complaint.file", "violation_report.file"],
    "verb": ["certificate.issue", "certificate.reissue"],
    "'user.unlock' if active else 'user.lock'": ["user.lock", "user.unlock"],
}

# What the record of an installation holds and nobody writes any more.
FORMER = {"competence.enter"}  # until two people found somebody competent (migration 0080)


def verbs(tree: ast.Module) -> list[str]:
    """What the calls of `record(actor, verb, …)` write as verbs; a join as it is written."""
    given = [call.args[1] for call in calls(tree, "record") if len(call.args) > 2]
    return [verb.value if isinstance(verb, ast.Constant) else ast.unparse(verb) for verb in given]


def test_every_deed_has_a_word(app):
    written = set(chain.from_iterable(verbs(tree) for _path, tree in office_code(ROOT)))
    told = set(chain.from_iterable(JOINED.get(verb, [verb]) for verb in written))
    assert {f"{kind}.{name}" for kind, name in [("user", "sign-in"), ("application", "attach")]} <= told
    with app.test_request_context("/"):
        assert [verb for verb in sorted(told) if str(deed(verb)) == verb] == []
    assert RECORDED.keys() - told == FORMER


def test_a_verb_is_found_and_one_without_a_word_is_shown_as_it_is(app):
    assert verbs(ast.parse("audit.record(actor, 'moon.land', 'moon/1')")) == ["moon.land"]
    with app.test_request_context("/"):
        assert str(deed("moon.land")) == "moon.land"
