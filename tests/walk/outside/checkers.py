"""The Nu HTML checker and the engine of IBM Equal Access, asked about pages.

Both come from npm at `script/setup check`, with their digests from package-lock.json, and ask nobody else.
"""

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.architecture.tree import ROOT

PACKAGES = ROOT / ".venv/checkers/node_modules"
NU = PACKAGES / "vnu-jar/build/dist/vnu.jar"
EQUAL_ACCESS = PACKAGES / "accessibility-checker-engine/ace.js"

# What the Nu checker says that is no fault here, and why.
NU_PARDONED = {
    "Section lacks heading": "a section may be named by its label alone",
    "Consider using the “h1” element as a top-level heading only": "the style guide shows every heading",
}
# Where rules of the IBM engine find what is none here: what stands in the markup they mean, and why.
EQUAL_ACCESS_PARDONED = {
    # It does not see labels that are there for the ear alone.
    "input_label_exists": '<label class="vh"',
    # It does not know this word, which the standard of HTML names.
    "input_autocomplete_valid": 'autocomplete="username"',
    # It knows no skip links (IBMa/equal-access#2134).  They stand first in the page (G1 of WCAG), before all
    # landmarks, and axe leaves them out of the same rule.
    "aria_content_in_landmark": 'class="skip"',
    # It leaves out what scrolls on the screen it sees.  A table scrolls on narrower ones, where the keyboard
    # must reach it; it is a group with a name.
    "element_tabbable_role_valid": 'class="tw',
}
CHECK = """async () => {
  document.querySelectorAll("details").forEach(each => each.open = true);
  const labels = (field) => [...(field.labels || [])].map((label) => label.cloneNode().outerHTML);
  const report = await new ace.Checker().check(document, ["IBM_Accessibility"]);
  return report.results
    .filter(found => found.value[0] === "VIOLATION" && found.value[1] === "FAIL")
    .map(found => [found.ruleId, found.message, [...labels(found.node), found.snippet].join(" ")]);
}"""


def nu(pages: Iterable[Path]) -> Iterator[str]:
    """What the Nu checker finds wrong with the files."""
    command = ["java", "-jar", NU, "--format", "json", "--no-langdetect", "--stdout", *pages]
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    for found in json.loads(printed)["messages"]:
        if not any(found["message"].startswith(pardoned) for pardoned in NU_PARDONED):
            yield f"{Path(found.get('url', '')).stem}: {found['message']} {found.get('extract', '')}"


def equal_access(page: Page) -> list[str]:
    """What the IBM engine finds wrong with the page that stands in the browser, all of it unfolded."""
    page.evaluate(f"() => {{ {EQUAL_ACCESS.read_text(encoding='utf-8')}; window.ace = ace; }}")
    return [
        f"{rule}: {message} {snippet}"
        for rule, message, snippet in page.evaluate(CHECK)
        if not pardoned(rule, snippet)
    ]


def pardoned(rule: str, snippet: str) -> bool:
    return rule in EQUAL_ACCESS_PARDONED and EQUAL_ACCESS_PARDONED[rule] in snippet
