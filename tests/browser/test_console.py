"""The ears of these tests hear: what the policy forbids and what fails is an error in the console."""

import pytest

from tests.browser.ears import listen

SCRIPT = "() => document.body.append(Object.assign(document.createElement('script'), %s))"
BREACHES = {
    "an inline style": "() => document.body.setAttribute('style', 'color: red')",
    "an inline script": SCRIPT % "{text: '1'}",
    "a script of another site": SCRIPT % "{src: 'http://127.0.0.1:9/x.js'}",
    "a script that fails": "() => setTimeout(() => { throw new Error('broken') })",
    "a file that is not there": "() => fetch('/static/none.css')",
}

ASKED = """(address) => {
    const asker = document.createElement('div')
    asker.setAttribute('hx-get', address)
    asker.setAttribute('hx-trigger', 'load')
    document.body.append(asker)
    htmx.process(asker)
}"""


@pytest.mark.parametrize(("address", "heard"), [("/nothing-here", True), ("/help", False)])
def test_what_a_page_asks_for_in_vain_is_heard(browser, site, address, heard):
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto("/catalog/")
        errors = listen(page)
        page.evaluate(ASKED, address)
        page.wait_for_load_state("networkidle")
        assert bool(errors) == heard


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_heard(browser, site, breach):
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto("/help")
        errors = listen(page)
        page.evaluate(BREACHES[breach])
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        page.wait_for_load_state("networkidle")
        assert len(errors) == 1
