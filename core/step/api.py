"""The calls of the things that have a life, the same for every office: one address for each row of a law that
asks a person for something, and the links that an answer carries."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Generic, TypeVar

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from pydantic import create_model

from core import lifecycle
from core.api import Answered, described, handed_in
from core.db import db
from core.errors import OutOfOrder
from core.machine import Actor, Subject, Versioned
from core.members import Count, brings_a_file
from core.step.shapes import Facts, SubjectAnswer
from core.web import json_response
from core.words import sentence, word

A = TypeVar("A", bound=Actor)
Told = Callable[[Any], Mapping[str, object]]  # Any: of whichever thing is found
SEEN = "version"  # of the thing, as its reader had it


class StepCalls(Generic[A]):
    """Of one blueprint; `who` says whom a call is for."""

    def __init__(self, bp: Blueprint, who: Callable[[], A]) -> None:
        self.bp, self.who = bp, who

    def open(
        self,
        collection: str,
        law: lifecycle.Law,
        asks: Mapping[lifecycle.Key, type[Facts]],
        find: Callable[[A, int], Subject],
        *,
        tag: str = "",
        told: Told | None = None,
        answer: type[Answered] = SubjectAnswer,
        on_version: bool = False,
    ) -> None:
        """`asks` are the steps that are taken here; `told` says what is answered of the thing, where that is
        more than its state and its links.  `on_version` asks with each step for the version that was read,
        where what is decided on is a text that others write."""
        for name in law.steps:
            if (law, name) in asks:
                shape = _with_version(asks[law, name]) if on_version else asks[law, name]
                view = self._taker(find, name, shape, told or (lambda found: self.subject(found, collection)))
                view.__name__, view.__doc__ = _called(collection, name), f"Take the step `{name}`."
                form, json = (shape, None) if brings_a_file(shape) else (None, shape)
                called = described(tag or collection, json=json, form=form, answer=answer)(view)
                address = f"/{collection}/<id:subject_id>/{name}"
                self.bp.add_url_rule(address, view.__name__, called, methods=["POST"])

    def _taker(
        self, find: Callable[[A, int], Subject], name: str, asks: type[Facts], told: Told
    ) -> Callable[[int], ResponseReturnValue]:
        def view(subject_id: int) -> ResponseReturnValue:
            subject, actor = find(self.who(), subject_id), self.who()
            lifecycle.machine_of(subject).named(name).check_turn(subject, actor)
            facts = handed_in(asks).facts()
            if SEEN in facts:
                refuse_stale(subject, facts.pop(SEEN))
            lifecycle.take(subject, name, actor, **facts)
            db.session.commit()
            return json_response(told(subject))

        return view

    def subject(self, found: Subject, collection: str) -> dict[str, object]:
        machine = lifecycle.machine_of(found)
        return {
            "id": found.id,
            "state": found.state,
            "state_name": str(word(f"{machine.kind}.state.{found.state}")),
            "links": self.links(found, collection),
        }

    def links(self, found: Subject, collection: str) -> list[dict[str, object]]:
        return [
            {
                "rel": offer.name,
                "method": "POST",
                "href": url_for(f"{self.bp.name}.{_called(collection, offer.name)}", subject_id=found.id),
                "ready": offer.ready,
                "unmet": [{"slug": slug, "message": sentence(slug)} for slug in offer.unmet],
            }
            for offer in lifecycle.offers(found, self.who())
        ]


def _called(collection: str, step: str) -> str:
    return f"{collection.replace('-', '_')}_{step}"


@cache
def _with_version(asks: type[Facts]) -> type[Facts]:
    members: dict[str, Any] = {SEEN: (Count, ...)}  # as create_model takes them
    return create_model(f"{asks.__name__}OnVersion", __base__=asks, **members)


def refuse_stale(subject: Versioned, version: int) -> None:
    """What is saved whole is saved on the version its sender read."""
    if subject.version != version:
        raise OutOfOrder("page-is-stale")
