"""What a page complains about in its console."""

from playwright.sync_api import Page

# What htmx says when somebody leaves a page that is still asking; what fails it names otherwise as well.
LEFT = ("htmx:sendAbort", "htmx:afterRequest")


def listen(page: Page, *also: str) -> list[str]:
    """What goes wrong in a page from now on: scripts that fail, files that fail, breaches of the policy.

    `also` names further kinds of messages that are heard, such as "warning".
    """
    errors = []

    def hear(message) -> None:
        if message.type in ("error", *also) and not message.text.startswith(LEFT):
            errors.append(f"{message.text} ({message.location.get('url')})")

    page.on("console", hear)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors
