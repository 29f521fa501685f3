"""The people of the demonstration, who give their password as anybody does."""

from playwright.sync_api import Page

from demo.cast import CAST


def sign_in(page: Page, person: str) -> None:
    page.goto("/sign-in")
    give_password(page, person)


def give_password(page: Page, person: str) -> None:
    """Where the page of the sign-in stands already."""
    page.get_by_label("邮箱").fill(f"{person}@demo.example")
    page.get_by_label("密码").fill(CAST["password"])
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
