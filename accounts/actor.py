"""Who acts, as every operation is told: a person in one organisation, with the roles held there."""

from dataclasses import dataclass

KEEPERS = frozenset({"organisation_admin", "head_of_body"})


@dataclass(frozen=True)
class Actor:
    """`id` and `organisation_id` are None for nobody and for the system itself."""

    id: int | None
    name: str
    organisation_id: int | None
    organisation: str
    kind: str  # the organisation's kind, see ROLES
    roles: frozenset[str]

    @property
    def label(self) -> str:
        return f"{self.name}（{self.organisation}）" if self.organisation else self.name

    def tends(self, organisation_id: int) -> bool:
        """Whether the actor tends what people may do in an organisation: proposes roles, or approves them."""
        own = self.organisation_id == organisation_id and bool(self.roles & KEEPERS)
        return own or bool(self.roles & {"system", "administrator"})

    @property
    def ordered_roles(self) -> list[str]:
        """The roles in the order of the road a case walks."""
        return in_order(self.kind, self.roles)


SYSTEM = Actor(None, "system", None, "", "system", frozenset({"system"}))
NOBODY = Actor(None, "public", None, "", "public", frozenset())

# Which roles a person may hold in an organisation of each kind.
ROLES: dict[str, tuple[str, ...]] = {
    "manufacturer": ("applicant", "organisation_admin"),
    "certification_body": (
        "application_reviewer",
        "case_officer",
        "document_reviewer",
        "verifier",
        "lead_verifier",
        "technical_reviewer",
        "decision_maker",
        "head_of_body",
        "label_officer",
        "appeals_officer",
        "rule_author",
        "rule_approver",
        "organisation_admin",
    ),
    "testing_body": ("sample_receiver", "tester", "authorised_signatory", "organisation_admin"),
    "purchasing_unit": ("procurement_officer", "organisation_admin"),
    "regulator": (
        "regulator",
        "list_editor",
        "rule_author",
        "rule_approver",
        "organisation_admin",
        "administrator",
    ),
}


def in_order(kind: str, roles: frozenset[str]) -> list[str]:
    """Roles of an organisation of this kind, as ROLES orders them."""
    return [role for role in ROLES.get(kind, ()) if role in roles]
