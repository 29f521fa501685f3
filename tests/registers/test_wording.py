"""The language of papers: listed fields, `if`, `for` over lists given, and nothing else."""

import time

import pytest

from core.errors import Invalid
from registers.adoption import papers, wording

FIELDS = {"number": "", "body": {"name": ""}, "models": [{"code": ""}], "day": ""}
VALUES = {
    "number": "N-1",
    "body": {"name": "示例认证中心", "secret": "x"},
    "models": [{"code": "A"}, {"code": "B"}],
    "day": "2026-01-02",
}


def said(text: str, **values) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in wording.written(text, FIELDS, VALUES | values)]


def test_a_wording_says_fields_lists_and_what_hangs_on_a_condition():
    text = (
        "# {{ body.name }}\n你单位的 {{ number }}\n自 {{ day|day }} 起。\n\n"
        "{% for model in models %}- {{ model.code }}\n{% else %}没有型号{% endfor %}"
        "共 {{ models|count }} 个"
        "{% if number == 'N-1' and not body.name == '' %}，完{% elif number %}。{% endif %}"
    )
    assert said(text) == [
        ("heading", "示例认证中心"),
        ("text", "你单位的 N-1自 2026 年 1 月 2 日 起。"),
        ("item", "A"),
        ("item", "B"),
        ("text", "共 2 个，完"),
    ]


def test_what_is_not_given_is_empty_and_what_is_given_beside_the_fields_stays_out():
    assert said("{{ number }}{{ body.name }}。", number=None, body=None) == [("text", "。")]
    assert wording.faults("{{ body.secret }}", FIELDS) == [
        wording.Fault(1, "wording-field-unknown", "body.secret")
    ]


def test_what_a_field_holds_is_never_read_as_wording():
    assert said("{{ number }}", number="{{ body.name }}<b>") == [("text", "{{ body.name }}<b>")]


# rule 33
@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("{{ ''.__class__ }}", "wording-field-unknown"),
        ("{{ body.__class__.__mro__ }}", "wording-field-unknown"),
        ("{{ body['name'] }}", "wording-not-allowed"),
        ("{{ body.items() }}", "wording-not-allowed"),
        ("{{ body.items }}", "wording-field-unknown"),
        ("{{ models.append }}", "wording-field-unknown"),
        ("{{ self }}", "wording-field-unknown"),
        ("{{ config }}", "wording-field-unknown"),
        ("{{ loop.index }}", "wording-field-unknown"),
        ("{% for each in range(9) %}{% endfor %}", "wording-no-list"),
        ("{% for each in number %}{% endfor %}", "wording-no-list"),
        ("{% for each in models recursive %}{% endfor %}", "wording-not-allowed"),
        ("{% for each in models if each.code %}{% endfor %}", "wording-not-allowed"),
        ("{% for number in models %}{% endfor %}", "wording-name-taken"),
        ("{% for a in models %}{% for b in models %}{% endfor %}{% endfor %}", "wording-loop-in-loop"),
        ("{% set x = 1 %}", "wording-not-allowed"),
        ("{% macro m() %}{% endmacro %}", "wording-not-allowed"),
        ("{% include 'x' %}", "wording-not-allowed"),
        ("{% import 'x' as y %}", "wording-not-allowed"),
        ("{% extends 'x' %}", "wording-not-allowed"),
        ("{% block b %}{% endblock %}", "wording-not-allowed"),
        ("{% filter day %}x{% endfilter %}", "wording-not-allowed"),
        ("{{ number * 9 }}", "wording-not-allowed"),
        ("{{ 10 ** 10 ** 10 }}", "wording-not-allowed"),
        ("{{ number ~ number }}", "wording-not-allowed"),
        ("{{ number is defined }}", "wording-not-allowed"),
        ("{{ 'a' if number else 'b' }}", "wording-not-allowed"),
        ("{% if number > 'a' %}{% endif %}", "wording-not-allowed"),
        ("{{ number|upper }}", "wording-filter-unknown"),
        ("{{ number|day(1) }}", "wording-filter-unknown"),
        ("{{ number|attr('x') }}", "wording-filter-unknown"),
        ("{{ models|day }}", "wording-filter-unfit"),
        ("{{ number|count }}", "wording-filter-unfit"),
        ("{{ models }}", "wording-not-text"),
        ("{{ body }}", "wording-not-text"),
        ("{{ nothing }}", "wording-field-unknown"),
        ("{{ number", "wording-unreadable"),
        ("{% if number %}", "wording-unreadable"),
        ("{% endfor %}", "wording-unreadable"),
        ("{{ " + "(" * 1900 + "number" + ")" * 1900 + " }}", "wording-unreadable"),
        ("{% if " + "not " * 500 + "number %}{% endif %}", "wording-too-deep"),
        ("字" * 4001, "wording-too-long"),
    ],
)
def test_what_is_not_of_the_language_is_refused_before_it_is_run(text, slug):
    began = time.process_time()
    found = wording.faults(text, FIELDS)
    assert slug in {fault.slug for fault in found}
    assert time.process_time() - began < 1
    with pytest.raises(Invalid):
        wording.written(text, FIELDS, VALUES)


def test_a_fault_names_its_line_and_every_fault_is_named():
    found = wording.faults("第一行\n{{ nothing }}\n{% if number > 'a' %}\n{% endif %}{{ models }}", FIELDS)
    assert [(fault.line, fault.slug) for fault in found] == [
        (2, "wording-field-unknown"),
        (3, "wording-not-allowed"),
        (4, "wording-not-text"),
    ]


# rule 33
def test_what_is_written_has_an_end_however_long_the_lists_are():
    rows = [{"code": "字" * 200}] * 100_000
    with pytest.raises(Invalid) as no:
        said("{% for each in models %}{{ each.code }}{% endfor %}", models=rows)
    assert no.value.slug == "wording-drawn-too-long"
    began = time.process_time()
    assert len(said("{% for each in models %}- x\n{% endfor %}", models=rows)) == 500
    assert time.process_time() - began < 1


def test_every_field_is_listed_and_a_fictive_case_fills_it():
    for kind in papers.KINDS:
        fields = papers.fields(kind)
        for name, what in wording.listed(fields):
            if "[]" in name:
                outer, inner = name.split("[].")
                text = f"{{% for row in {outer} %}}{{{{ row.{inner} }}}}{{% endfor %}}"
            elif what == "list":
                text = f"{{{{ {name}|count }}}}"
            else:
                text = f"{{{{ {name} }}}}"
            assert wording.faults(text, fields) == [], (kind, name)
            assert wording.written(text, fields, papers.sample(fields)), (kind, name)


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("Your application\n  {{ number }}\nis accepted.", "Your application N-1 is accepted."),
        ("你单位的申请\n{{ number }} 已经受理，\n请按期缴费。", "你单位的申请N-1 已经受理，请按期缴费。"),
        ("按 GB/T 24067\n计算。", "按 GB/T 24067计算。"),
    ],
)
def test_the_lines_of_a_paragraph_are_joined_as_their_language_joins_them(text, paragraph):
    assert said(text) == [("text", paragraph)]
