"""The verbs of drafts: begin, write, and what each step of a draft and of a comment changes."""

import json
from collections.abc import Mapping
from datetime import date

from flask import current_app

from accounts.actor import NOBODY
from accounts.models import Organisation
from core import audit, events, jobs
from core.calendar import book
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.machine import Actor, Facts
from core.series import take_next
from schemes import operations as register
from schemes import queries as rules
from schemes.document import PROVINCE, read
from schemes.drafts import queries, retirements
from schemes.drafts.editor import JSON
from schemes.drafts.models import DraftComment, DraftHand, RuleDraft
from schemes.events import RulePublished
from schemes.models import SchemeVersion


def begin(actor: Actor, from_version: int | None, is_next: bool) -> RuleDraft:
    """A draft of a new rule, empty or copied from a version, or of the next version of that version's rule.

    One draft of a rule is under way at a time.  Raises NotPermitted `role-not-held`, NotFound
    `scheme-not-found`, Unmet `rule-draft-open`.
    """
    if "rule_author" not in actor.roles:
        raise NotPermitted("role-not-held", step="begin")
    source = rules.scheme(from_version) if from_version is not None else None
    draft = RuleDraft(owner_id=actor.organisation_id, document=_owned(_beginning(source, is_next), actor))
    draft.based_on = source if is_next else None
    _take_code(draft)
    db.session.add(draft)
    db.session.flush()
    _written(draft, actor)
    audit.record(actor, "rule_draft.begin", f"rule_draft/{draft.id}", code=draft.code)
    return draft


def _take_code(draft: RuleDraft) -> None:
    """The rule that the document names; what is no code at all names none."""
    code = draft.said("code")
    other = queries.open_draft(code) if code and code != draft.code else None
    if other is not None and other is not draft:
        raise Unmet("rule-draft-open", code=code)
    draft.code = code


def _beginning(source: SchemeVersion | None, is_next: bool) -> dict[str, JSON]:
    return {} if source is None else copy_of(source, is_next)


def copy_of(source: SchemeVersion, is_next: bool = False) -> dict[str, JSON]:
    """What identifies a version is never copied: its name and days; of another rule, its code as well."""
    document: dict[str, JSON] = json.loads(source.document)
    fresh = {"version", "effective_from", "effective_to"} | (set() if is_next else {"code", "rule"})
    kept = {name: value for name, value in document["identity"].items() if name not in fresh}
    return document | {"identity": kept}


def _owned(document: dict[str, JSON], actor: Actor) -> dict[str, JSON]:
    """A body writes rules of its own, the regulator those of the province."""
    house = db.session.get_one(Organisation, actor.organisation_id)
    identity = document.get("identity")
    own = owner_of(house)
    said = dict(identity) if identity else {}
    if own != PROVINCE:
        said["owner"] = own
    elif said.get("owner") != own:  # what the former version says as well is no difference
        said.pop("owner", None)
    return document | ({"identity": said} if said else {})


def owner_of(house: Organisation) -> str:
    return house.uscc if house.kind == "certification_body" else PROVINCE


def write(draft: RuleDraft, actor: Actor, document: Mapping[str, JSON]) -> None:
    """Keep what was written; faults stay in the draft and are named there.

    Raises NotPermitted `role-not-held`, OutOfOrder `rule-not-editable`, Invalid when a text is longer
    than any text may be or cannot be printed.
    """
    check_writer(draft, actor)
    before = draft.text_digest
    draft.document = dict(document)
    _take_code(draft)
    if draft.text_digest != before:
        _written(draft, actor)
        audit.record(actor, "rule_draft.write", f"rule_draft/{draft.id}", digest=draft.text_digest)


def check_writer(draft: RuleDraft, actor: Actor) -> None:
    if "rule_author" not in actor.roles or draft.owner_id != actor.organisation_id:
        raise NotPermitted("role-not-held", step="write")
    if not draft.is_editable:
        raise OutOfOrder("rule-not-editable")


def _written(draft: RuleDraft, actor: Actor) -> None:
    assert actor.id is not None  # whoever holds the role is somebody
    if actor.id not in draft.authors:
        draft.hands.append(DraftHand(person_id=actor.id, person=actor.label, did="wrote", digest=""))


# What the steps bring


def earliest_end(_draft: RuleDraft, *, comment_from: date | None = None, **_facts: object) -> Facts:
    """The first day on which a comment period may end: whole calendar days of the setting."""
    start = comment_from or today()
    return {
        "earliest_end": book.current().term(start, current_app.config["COMMENT_DAYS"], "calendar", "same")
    }


def owner_fits(draft: RuleDraft, **_facts: object) -> Facts:
    """Whose rule it says it is, and that the province has none for the product; raise Unmet otherwise."""
    document = read(draft.document)
    if document.identity.owner != owner_of(draft.owner):
        raise Unmet("rule-owner-wrong", owner=owner_of(draft.owner))
    try:
        register.refuse_beside_the_province(document.identity)
    except Invalid as refused:
        raise Unmet(refused.slug, **refused.detail) from refused
    return {}


def owner_if_whole(draft: RuleDraft, **_facts: object) -> Facts:
    """What is faulty is told by its faults."""
    return {} if draft.is_faulty else owner_fits(draft)


def known_already(draft: RuleDraft, **_facts: object) -> Facts:
    """Whether the rule has a version of this name; whose it is, is looked at once more."""
    if not draft.is_faulty:
        owner_fits(draft)
    return {"known_already": rules.is_known(draft.code, draft.said("version"))}


def submit(draft: RuleDraft, _actor: Actor, *, summary: str, **_facts: object) -> None:
    draft.summary = summary.strip()


def open_comment(
    draft: RuleDraft, _actor: Actor, *, comment_from: date, comment_to: date, **_facts: object
) -> None:
    draft.comment_from, draft.comment_to = comment_from, comment_to


def approve(draft: RuleDraft, actor: Actor, **_facts: object) -> None:
    """Of the text as it stands: a word changed afterwards wants it anew."""
    assert actor.id is not None
    hand = DraftHand(person_id=actor.id, person=actor.label, did="approved", digest=draft.text_digest)
    draft.hands.append(hand)


def publish(draft: RuleDraft, actor: Actor, *, convert_by: date | None, **_facts: object) -> None:
    """The version of the rule that the draft was for; from its day on the former one is superseded."""
    document = read(draft.document)
    register.take(document, actor)
    draft.published = rules.version(document.identity.code, document.identity.version)
    draft.convert_by = convert_by
    jobs.enqueue("rule.draw", version_id=draft.published.id)
    retirements.propose_beside(draft.published, actor)
    if draft.based_on is None or convert_by is None:
        return
    about, draft.based_on.superseded_on = document.identity, document.identity.effective_from
    fact = RulePublished(
        draft.published.id,
        draft.based_on.id,
        about.code,
        about.version,
        about.effective_from,
        convert_by,
    )
    events.publish(fact)


# What the public says


def comment(
    draft: RuleDraft, actor: Actor, *, text: str, place: str = "", name: str = "", anonymous: bool = False
) -> DraftComment:
    """Anybody comments while the period runs.  Raises OutOfOrder `rule-comment-closed`, Invalid by member."""
    if not draft.takes_comments_on(today()):
        raise OutOfOrder("rule-comment-closed")
    wrong = {"text": "text-missing"} if not text.strip() else {}
    wrong |= {"name": "rule-name-missing"} if not name.strip() else {}
    wrong |= {"place": "rule-comment-place-unknown"} if place and place not in queries.places(draft) else {}
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    year = today().year
    made = DraftComment(
        draft=draft,
        number=f"YJ-{year}-{take_next('draft_comment', year):06d}",
        text=text.strip(),
        place=place,
        name=name.strip(),
        anonymous=anonymous,
        person_id=actor.id,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(NOBODY, "draft_comment.bring", f"draft_comment/{made.id}", number=made.number)
    return made


def hide(comment: DraftComment, _actor: Actor, *, reason: str, **_facts: object) -> None:
    comment.ground = reason.strip()


def answer(comment: DraftComment, _actor: Actor, *, adopted: str, answer: str, **_facts: object) -> None:
    comment.adopted, comment.answer = adopted, answer.strip()
