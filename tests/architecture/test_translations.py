"""The script that makes the English catalogue finds what is missing or wrong."""

import importlib.util

import pytest

from tests.architecture.tree import ROOT

PART = 'msgid "名称"\nmsgstr "Name"\n\nmsgid "共 %(n)s 个，{unit}"\nmsgstr "%(n)s in all, {unit}"\n'
PAGE = "<h1>{{ _('名称') }}</h1> {% trans n=1 %}共 {{ n }} 个，{unit}{% endtrans %}"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("translations", ROOT / "script/lib/translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def complaints(script, plant):
    """The complaints about a page and a table of words whose texts are all translated, and one fault."""
    plant("translations/parts/one.po", PART)
    plant("templates/catalog/show.html", PAGE)
    plant("catalog/words.py", 'x = _l("名称")')
    root = plant("babel.cfg", (ROOT / "babel.cfg").read_text(encoding="utf-8"))

    def find() -> list[str]:
        catalog, found = script.merged(root)
        return found + script.complaints_about(script.source_texts(root), catalog)

    return find


def test_complete_translations_raise_no_complaint(complaints):
    assert complaints() == []


@pytest.mark.parametrize(
    ("path", "text", "complaint"),
    [
        ("templates/core/error.html", "{{ _('没有') }}", "no English for '没有'"),
        ("core/words.py", 'x = _l("没有")', "no English for '没有'"),
        ("translations/parts/two.po", 'msgid "名称"\nmsgstr "Title"\n', "translated in two ways: '名称'"),
        (
            "core/words.py",
            'x = ngettext("%(n)s 项", "%(n)s 项", 2)',
            "no English for (",
        ),
    ],
)
def test_a_missing_or_contradictory_text_is_found(complaints, plant, path, text, complaint):
    plant(path, text)
    [found] = complaints()
    assert found.startswith(complaint)


def test_a_lost_field_is_found(complaints, plant):
    plant("translations/parts/one.po", PART.replace("in all, {unit}", "in all"))
    [found] = complaints()
    assert found.startswith("different fields")


def test_a_page_that_cannot_be_read_is_an_error(complaints, plant):
    plant("templates/catalog/show.html", "{% if %}")
    with pytest.raises(Exception, match="Expected an expression"):
        complaints()


def test_what_is_written_can_be_read_by_gettext(script, plant):
    import gettext

    root = plant("translations/parts/one.po", PART)
    script.write(root, script.merged(root)[0])
    with (root / "translations/en/LC_MESSAGES/messages.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("名称") == "Name"
