"""How the offices describe their part of the API, and where the description is read.

A view is decorated with `described(...)`; what it is handed is checked by the very models the document
shows, and what it answers is compared with the document by every test.
"""

import inspect
import json
import math
from collections.abc import Callable, Collection, Mapping
from functools import cache, cached_property, wraps
from itertools import chain
from typing import Annotated, Any, TypeVar, cast, get_origin

from flask import Blueprint, Request, current_app, request
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from spectree import Response, SecurityScheme, SpecTree
from spectree.model_adapter.pydantic_adapter import PydanticModelAdapter
from spectree.models import SecureType, SecuritySchemeData
from spectree.plugins.flask_plugin import FlaskPlugin
from spectree.utils import get_model_key
from werkzeug.exceptions import UnsupportedMediaType

from core import asked
from core.asked import LARGEST
from core.errors import Invalid, Refused, Unmet
from core.members import checked
from core.readers import pointer, pointer_of
from core.web import json_response

T = TypeVar("T")

bp = Blueprint("api", __name__, url_prefix="/api/v1")


B = TypeVar("B", bound=BaseModel)
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

# A page beyond the end is empty, however far beyond.
PageNumber = Annotated[int, Field(ge=1), AfterValidator(lambda number: min(number, LARGEST))]


class Answered(BaseModel):
    """What an operation answers: every member is there, and no other; numbers are text, to stay exact."""

    model_config = ConfigDict(extra="forbid")


class Said(BaseModel):
    """One thing that is wrong or missing."""

    slug: str
    message: str


class Problem(BaseModel):
    """Every refusal (RFC 9457): `slug` is stable, `title` is the sentence people read."""

    model_config = ConfigDict(extra="allow")

    type: str
    slug: str
    title: str
    status: int
    fields: dict[str, Said] | None = Field(
        None,
        description="What is wrong, by the JSON pointer of the member it is wrong with; a parameter of the "
        "address by its name.",
    )
    unmet: list[Said] | None = Field(None, description="What a step still waits for.")


EVERYWHERE = frozenset({"lang"})  # parameters of any operation: the language of its sentences
DEEPEST = 32  # levels of lists and objects in a body


class Handed:
    """What an operation is handed.  The body is read at once, but checked against its model when the view
    asks for it: whoever may not come in, or names what is not there, is told that first."""

    def __init__(self, query: BaseModel | None, model: type[BaseModel] | None, body: object) -> None:
        self.query, self.body, self._model = query, body, model

    @cached_property
    def content(self) -> BaseModel:
        if self._model is None:
            raise TypeError("this operation takes no body")
        return checked(self._model, self.body, pointer_of)


def asked_in(query: type[B]) -> B:
    """What stands in the address of the request, as `described(query=...)` had it checked."""
    return _as(query, _handed().query)


def handed_in(model: type[B]) -> B:
    """What stands in its body, checked now against the model of `described`."""
    return _as(model, _handed().content)


def body() -> object:
    """The body as it was sent, before any model is asked."""
    return _handed().body


def _handed() -> Handed:
    found: Handed = request.context  # type: ignore[attr-defined]  # where spectree keeps it
    return found


def _as(model: type[B], found: BaseModel | None) -> B:
    if not isinstance(found, model):
        raise TypeError(f"this operation is not described with {model.__name__}")
    return found


class Door(FlaskPlugin):
    """How spectree reads a request of ours, and what it writes of our addresses."""

    def request_validation(
        self,
        request: Any,  # Flask's, which spectree gives a `context`
        query: type[BaseModel] | None,
        json: type[BaseModel] | None,
        form: type[BaseModel] | None,
        headers: object,
        cookies: object,
    ) -> None:
        known = query.model_fields if query else {}
        _refuse_unknown(known)
        given = {
            name: values if len(values) > 1 or get_origin(known[name].annotation) is list else values[0]
            for name, values in asked.everything().items()
            if name in known
        }
        body = read_json(request) if json else read_form(request) if form else None
        request.context = Handed(checked(query, given) if query else None, json or form, body)

    def validate_response(self, response: T, *_described: object) -> tuple[T, None]:
        """What is answered goes out as it is: the tests compare it with the document."""
        return response, None

    def parse_path(
        self, route: object, path_parameter_descriptions: Mapping[str, str] | None
    ) -> Any:  # as spectree has it
        bounded = str(route).replace("<id:", f"<int(min=0, max={LARGEST}):")
        return super().parse_path(bounded, path_parameter_descriptions)  # type: ignore[arg-type]  # its own is wrong


def _refuse_unknown(known: Collection[str]) -> None:
    if unknown := sorted(asked.everything().keys() - set(known) - EVERYWHERE):
        fields = dict.fromkeys(unknown, "body-member-unknown")
        raise Invalid("argument-unknown", fields, members=unknown)


def read_json(request: Request) -> Any:  # JSON
    """The body: nothing is left of it to surprise a reader, neither in size nor in depth nor in its signs."""
    data = request.get_data()  # bounded where it came in, core.web.take_in_body
    if not request.is_json and (data or request.mimetype):
        raise UnsupportedMediaType()
    try:
        body = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        if not data:
            return {}
        raise Refused("body-not-json") from error
    _look_through(body)
    return body


def read_form(request: Request) -> dict[str, object]:
    """The members and files of a multipart body."""
    if request.mimetype != "multipart/form-data" and (request.mimetype or request.content_length):
        raise UnsupportedMediaType()
    return {**request.form.to_dict(), **request.files.to_dict()}


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Refused("body-member-twice")
    return found


def _finite(written: str) -> float:
    if not math.isfinite(number := float(written)):
        raise ValueError(written)
    return number


def _look_through(body: object) -> None:
    """One depth after the other, the texts of each in one look: a body may have a hundred thousand."""
    parts, depth = [body], 1
    while parts:
        if depth > DEEPEST:
            raise Refused("body-too-deep")
        if asked.is_unreadable("".join([part for part in parts if type(part) is str])):
            raise Invalid("body-unreadable")
        objects = [part for part in parts if type(part) is dict]  # JSON has no others, so no isinstance
        lists = [part for part in parts if type(part) is list]
        names = set[object]().union(*objects)  # of a hundred thousand rows the same few
        parts = [*names, *chain(*map(dict.values, objects), *lists)]
        depth += 1


ONCE = """Low-carbon product certification, catalogue and procurement.

**Once means once.** A call that writes may carry an `Idempotency-Key`, 8 to 200 visible ASCII characters
that its sender uses for this deed alone (a UUID will do). Sent again with the same content within a day,
it is answered with the same answer and `Idempotency-Replayed: true`; with other content, 422
`idempotency-key-reused`. A refused call leaves its key free. A `POST` without a key, equal to one of the
same caller that was done within ten minutes, is not done again: 409 `said-already`. Whoever means the same
thing twice sends two keys."""


class Remembered(PydanticModelAdapter):
    """Nearly every operation can answer the same refusals: what a model looks like is asked for once."""

    json_schema = cache(PydanticModelAdapter.json_schema)  # type: ignore[assignment]  # a cache tells no signature


spec = SpecTree(
    "flask",
    backend=Door,
    model_adapter=Remembered(),  # type: ignore[arg-type]  # for the same reason
    mode="strict",
    annotations=False,
    title="Tanbiao",
    version="v1",
    description=ONCE,
    validation_error_model=Problem,
    security_schemes=[
        SecurityScheme(name="token", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"))
    ],
)


class Answers(Response):
    """What an operation answers when it went well, and the refusals its callers can meet."""

    def __init__(
        self, status: int, answer: type[Answered] | None, refusals: Collection[int], media: str = ""
    ) -> None:
        self.media = media
        well = {f"HTTP_{status}": answer} if answer else {}
        refused = {f"HTTP_{code}": Problem for code in sorted(refusals)}
        super().__init__(*([] if answer else [f"HTTP_{status}"]), **well, **refused)

    def generate_spec(self, naming_strategy: Callable[..., str] = get_model_key) -> dict[str, Any]:  # JSON
        answers = super().generate_spec(naming_strategy)
        for status, answer in answers.items():
            if (found := answer.get("content")) and not status.startswith("2"):
                answer["content"] = {"application/problem+json": found["application/json"]}
            elif self.media and status.startswith("2"):
                answer["content"] = {self.media: {"schema": {"type": "string", "format": "binary"}}}
            elif not found:
                answer["content"] = {"application/json": {"schema": {"type": "object"}}}
        return answers


# A token that counts no longer, a parameter too many, what nobody foresaw, a busy database.
ANYWHERE = frozenset({401, 422, 500, 503})
BODY = frozenset({400, 413, 415})  # no JSON, too large, of another type


def described(
    tag: str,
    *,
    query: type[BaseModel] | None = None,
    json: type[BaseModel] | None = None,
    form: type[BaseModel] | None = None,
    answer: type[Answered] | None = None,
    media: str = "",
    status: int = 200,
    also: Collection[int] = (),
) -> Callable[[View], View]:
    """Describe an operation under the name of its view, and check what it is handed.

    `answer`, or a file of the type `media`, is answered with `status` when it went well; the refusals follow
    from what the operation takes, `also` names the others.  The mark of a public view is read, so it stands
    below this decorator.
    """

    def describe(view: View) -> View:
        closed = not getattr(view, "is_public", False)
        refusals = ANYWHERE | set(also) | ({403} if closed else set())
        if inspect.signature(view).parameters:
            refusals |= {404}
        if json or form:
            refusals |= BODY | ({409} if closed else set())
        asked = at_pointers(view) if json or form else view
        described: View = spec.validate(
            query=query,
            json=json,
            form=form,
            resp=Answers(status, answer, refusals, media),
            tags=[tag],
            security={"token": []} if closed else [],
            operation_id=view.__name__,
        )(asked)
        return described

    return describe


def at_pointers(view: View) -> View:
    """Name each fault by the JSON pointer of its member: an operation says `rows-0-name`, as boxes are
    called."""

    @wraps(view)
    def pointing(*args: object, **kwargs: object) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except (Invalid, Unmet) as error:
            error.fields = {pointer(name): slug for name, slug in error.fields.items()}
            if isinstance(error, Invalid):
                error.details = {pointer(name): detail for name, detail in error.details.items()}
            raise

    return cast(View, pointing)


@bp.get("/openapi.json")
def document() -> ResponseReturnValue:
    """The OpenAPI document of this API."""
    _refuse_unknown(())
    spec.app = current_app
    return json_response(spec.spec | {"servers": [{"url": current_app.config["PUBLIC_URL"]}]})


document.is_public = True  # type: ignore[attr-defined]  # core cannot know the sign-in above it; this is the mark it reads
