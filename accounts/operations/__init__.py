"""What is done to organisations, people and what they may do.  Nothing granted means nothing allowed."""

from accounts.operations.absences import state_absence, withdraw_absence
from accounts.operations.feeds import create_feed, revoke_feed
from accounts.operations.held import drop_held_form, hold_form
from accounts.operations.inbox import mark_all_read, mark_read, prefer
from accounts.operations.invitations import accept_invitation, invite, join, withdraw_invitation
from accounts.operations.members import end_membership, enrol, set_roles
from accounts.operations.organisations import register_organisation, sign_up, update_organisation
from accounts.operations.people import (
    authenticate,
    change_password,
    enter_demonstration,
    register_user,
    set_active,
    set_password,
    sign_in,
    update_profile,
)
from accounts.operations.roles import approve_role, decline_role, propose_roles
from accounts.operations.sessions import begin_session, end_session
from accounts.operations.tokens import authenticate_token, create_token, note_used_tokens, revoke_token
from accounts.operations.work import repeat_job

__all__ = [
    "approve_role",
    "decline_role",
    "propose_roles",
    "accept_invitation",
    "authenticate",
    "authenticate_token",
    "begin_session",
    "change_password",
    "create_feed",
    "create_token",
    "drop_held_form",
    "end_membership",
    "end_session",
    "enrol",
    "enter_demonstration",
    "hold_form",
    "invite",
    "join",
    "mark_all_read",
    "mark_read",
    "prefer",
    "register_organisation",
    "register_user",
    "repeat_job",
    "revoke_feed",
    "note_used_tokens",
    "revoke_token",
    "set_active",
    "set_password",
    "set_roles",
    "sign_in",
    "sign_up",
    "state_absence",
    "update_organisation",
    "update_profile",
    "withdraw_absence",
    "withdraw_invitation",
]
