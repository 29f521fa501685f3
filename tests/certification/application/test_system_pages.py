"""A process system typed in pages, process by process: every button is a form that is sent."""

import pytest
import tinyhtml5

from carbon import operations as carbon
from certification.application.operations import systems as verbs
from core.errors import Invalid, NotFound, OutOfOrder
from core.words import explain, sentence

pytestmark = pytest.mark.engines("locks")


class Shown:
    """A page as it is read: its boxes by their ids, its words in one line."""

    def __init__(self, text: str):
        self.html = text
        self.root = tinyhtml5.parse(text, namespace_html_elements=False)

    def words(self, part=None) -> str:
        return " ".join("".join((self.root.find(".//main") if part is None else part).itertext()).split())

    def at(self, box: str):
        return self.root.find(f".//*[@id='{box}']")

    def said_at(self, box: str) -> str:
        return self.words(self.at(f"{box}-e"))

    def form_of(self, button: str):
        """(the form, the button): one that says this, or is sent as this."""
        for form in self.root.iterfind(".//form"):
            for each in form.iterfind(".//button"):
                if button in ("".join(each.itertext()).strip(), each.get("value")):
                    return form, each
        raise AssertionError(f"no button {button}")


class Applicant:
    """Somebody at the page of one case's process system, without JavaScript."""

    def __init__(self, client, case):
        self.client, self.path = client, f"/certification/applications/{case.id}/system"
        self.look()

    def look(self, **asked) -> Shown:
        answer = self.client.get(self.path, query_string=asked)
        assert answer.status_code == 200
        self.page = Shown(answer.text)
        return self.page

    def press(self, button: str, status: int = 200, **typed) -> Shown:
        form, pressed = self.page.form_of(button)
        fields = {box.get("name"): box.get("value", "") for box in form.iterfind(".//input")}
        fields |= {box.get("name"): _chosen(box) for box in form.iterfind(".//select")}
        unknown = typed.keys() - fields.keys()
        assert not unknown, unknown
        if pressed.get("name"):
            typed[pressed.get("name")] = pressed.get("value")
        answer = self.client.post(form.get("action"), data={**fields, **typed}, follow_redirects=True)
        assert answer.status_code == status, answer.text
        self.page = Shown(answer.text)
        return self.page

    def process(self, title: str, unit: str = "kg", **boxes: str) -> None:
        """Add a process, and to it an input, a co-product or an emission for each box that is typed."""
        self.press("添加过程", title=title, unit=unit)
        self.type(**boxes)

    def type(self, **boxes: str) -> None:
        typed = {box.replace("_", "-"): value for box, value in boxes.items()}
        for part in dict.fromkeys(box.split("-")[0] for box in typed if "-" in box):
            for _row in {box.split("-")[1] for box in typed if box.startswith(f"{part}-")}:
                self.press(part)
        if typed:
            self.press("保存这个过程", **typed)

    @property
    def said(self) -> str:
        return self.page.words()

    @property
    def total(self) -> str:
        return "".join(self.page.root.find(".//*[@data-total]").itertext())


def _chosen(select) -> str:
    options = select.findall("option")
    found = next((each for each in options if each.get("selected") is not None), options[0])
    return found.get("value", "".join(found.itertext()))


@pytest.fixture
def case(world, db):
    made = world.case("draft")
    inventory = made.application.inventory
    inventory.rows.clear()
    db.session.commit()
    return made


@pytest.fixture
def typist(case, browser):
    return Applicant(browser("applicant"), case)


def stored(case, db):
    db.session.expire_all()
    return case.application.inventory


def test_a_process_that_eats_itself_is_refused_by_name_and_mended_by_one_button(typist, case, db):
    """1 kg that takes 1.2 kg of itself would run −5 times; 0.2 was meant, and 10 / (1 − 0.2) is 12.5."""
    typist.process("水泥", inputs_0_product="水泥", inputs_0_amount="1.2", inputs_0_unit="kg",
                   emissions_0_gas="CO2", emissions_0_amount="10")  # fmt: skip
    assert "“水泥”消耗的比产出的多" in typist.said
    assert "净产出 -0.2 kg" in typist.said
    assert stored(case, db).system_fault == "system-not-productive"
    assert not stored(case, db).is_filled
    typist.press("改成 0.2 kg")
    assert (typist.total, stored(case, db).system_fault) == ("12.5", "")
    [process] = stored(case, db).system["processes"]
    assert process["inputs"] == {"水泥": {"amount": "0.2", "unit": "kg"}}


def test_two_that_eat_each_other_up_are_both_named_until_one_is_changed(typist, case, db):
    """甲 needs 2 乙, 乙 needs 1 甲: −1 and −2 runs, −3 kg.  With 0.25 乙: 甲 4/3, 乙 1/3, together 5/3."""
    typist.process("甲", inputs_0_product="乙", inputs_0_amount="2", inputs_0_unit="kg",
                   emissions_0_gas="CO2", emissions_0_amount="1")  # fmt: skip
    assert "用到的“乙”没有过程生产" in typist.said
    typist.press("添加过程“乙”")
    typist.type(inputs_0_product="甲", inputs_0_amount="1", inputs_0_unit="kg",
                emissions_0_gas="CO2", emissions_0_amount="1")  # fmt: skip
    assert "“甲、乙”消耗的比产出的多" in typist.said
    assert "每产 1 kg，要用 1 kg“甲”" in typist.said
    typist.look(process="甲")
    typist.press("保存这个过程", **{"inputs-0-amount": "0.25"})
    assert typist.total == "1.67"
    assert stored(case, db).system_fault == ""


def test_what_it_came_to_last_stays_in_sight_while_it_cannot_be_solved(typist):
    typist.process("甲", emissions_0_gas="CO2", emissions_0_amount="7")
    assert typist.total == "7"
    typist.type(inputs_0_product="没有的", inputs_0_amount="1", inputs_0_unit="kg")
    assert (typist.total, "上次能算的数" in typist.said) == ("7", True)


def test_masses_and_prices_divide_exactly_and_both_results_are_seen(typist, case, db):
    """1,320 kg for 1 t of iron and 0.32 t of slag: 1,000 by mass; by price 1,320 × 2,600 / 2,630.4."""
    typist.process("铁水", "t", outputs_0_product="高炉矿渣", outputs_0_amount="320", outputs_0_unit="kg",
                   emissions_0_gas="CO2", emissions_0_amount="1320")  # fmt: skip
    assert "联产品“高炉矿渣”没有去处" in typist.said
    typist.press("按质量分配")
    assert typist.total == "1\u202f000"
    typist.press("保存这个过程", **{"prices": "2600", "outputs-0-prices": "0.095"})
    assert typist.total == "1\u202f000"
    other = "".join(typist.page.root.find(".//*[@data-way='price']").itertext())
    assert other.endswith("1\u202f305")
    assert "25/33" in typist.said
    assert stored(case, db).system["processes"][0]["allocation"] == "mass"


def test_what_is_subtracted_without_a_ground_counts_on_no_page(typist, case, db):
    typist.process("瓷砖", "m2", emissions_0_gas="CO2e", emissions_0_amount="-5")
    assert "避免的产品要有依据" in typist.said
    assert stored(case, db).system_fault == "negative-without-ground"
    page = Shown(typist.client.get(typist.path.replace("system", "inventory")).text)
    assert "".join(page.root.find(".//*[@data-total]").itertext()) == "—"
    typist.press("保存这个过程", **{"emissions-0-amount": "5"})
    page = Shown(typist.client.get(typist.path.replace("system", "inventory")).text)
    assert "".join(page.root.find(".//*[@data-total]").itertext()) == "5.00"


@pytest.mark.parametrize(
    ("typed", "box", "text"),
    [
        ({"output": "x"}, "output", "数字"),
        ({"title": ""}, "title", "填写"),
        ({"inputs-0-amount": "-1"}, "inputs-0-amount", "不能小于零"),
        ({"inputs-0-amount": ""}, "inputs-0-amount", ""),
        ({"inputs-0-unit": "kWh"}, "inputs-0-unit", "“甲”的“乙”以 kg 计，不能从 kWh 换算"),
        ({"inputs-0-product": ""}, "inputs-0-product", "填写"),
        (
            {"inputs-1-product": "乙", "inputs-1-amount": "1", "inputs-1-unit": "kg"},
            "inputs-1-product",
            "system-exchange-twice",
        ),
    ],
)
def test_what_is_wrong_in_a_process_is_said_at_its_box_and_nothing_is_stored(
    typist, case, db, typed, box, text
):
    typist.process("甲")
    typist.process("乙")
    typist.look(process="甲")
    typist.press("inputs")
    typist.press("inputs")
    before = stored(case, db).system
    good = {"inputs-0-product": "乙", "inputs-0-amount": "1", "inputs-0-unit": "kg"}
    page = typist.press("保存这个过程", 422, **good | typed)
    assert explain(text) in page.said_at(box)
    assert page.at(box).get("aria-invalid") == "true"
    assert stored(case, db).system == before


def test_shares_that_are_typed_must_make_one(typist):
    typist.process("甲", outputs_0_product="乙", outputs_0_amount="1", outputs_0_unit="kg")
    shares = {"allocation": "shares", "shares": "0.5", "outputs-0-shares": "0.496"}
    page = typist.press("保存这个过程", 422, **shares)
    assert "现在合计 0.996" in page.said_at("shares")
    typist.press("保存这个过程", **{"outputs-0-shares": "0.5"})
    assert "50 %" in typist.said


def test_two_editors_of_one_process_meet_and_neither_loses_what_was_typed(typist, case, browser, db):
    typist.process("甲", emissions_0_gas="CO2", emissions_0_amount="1")
    other = Applicant(browser("applicant"), case)
    other.press("保存这个过程", **{"emissions-0-amount": "2"})
    page = typist.press("保存这个过程", 409, **{"emissions-0-amount": "3"})
    assert "别人刚刚改过" in typist.said
    assert page.at("emissions-0-amount").get("value") == "3"
    assert "二氧化碳 2 kg" in typist.said  # what stands, beside it
    assert stored(case, db).system["processes"][0]["emissions"] == {"CO2": "2"}
    typist.press("保存这个过程")
    assert stored(case, db).system["processes"][0]["emissions"] == {"CO2": "3"}


def test_editors_of_two_processes_are_not_in_each_others_way(typist, case, browser, db):
    typist.process("甲")
    typist.process("乙")
    other = Applicant(browser("applicant"), case)
    other.look(process="甲")
    other.press("保存这个过程", output="2")
    typist.press("保存这个过程", output="3")
    assert [each["output"] for each in stored(case, db).system["processes"]] == ["2", "3"]


def test_whoever_removes_or_ends_what_others_changed_meanwhile_is_told(typist, case, browser, db):
    typist.process("甲")
    stale = {"删除这个过程", "去掉过程系统", "保存交付"}
    pages = {button: Applicant(browser("applicant"), case) for button in stale}
    typist.press("保存这个过程", output="2")
    typist.press("保存交付", amount="5")
    for button, page in pages.items():
        page.press("remove" if button == "删除这个过程" else button, 409)
    assert stored(case, db).system["processes"][0]["output"] == "2"


def test_what_is_asked_for_is_changed_and_stays_while_it_is_asked_for(typist, case, db):
    typist.process("甲")
    typist.process("乙", "t", emissions_0_gas="CO2", emissions_0_amount="5")
    typist.press("保存交付", 422, product="丙")
    assert "“丙”没有过程生产" in typist.said
    typist.press("保存交付", product="乙", amount="2", source="台账")
    assert stored(case, db).system["demand"] == {"乙": {"amount": "2", "unit": "kg"}}
    assert stored(case, db).system["source"] == "台账"
    typist.look(process="乙")
    typist.press("remove", 422)
    assert sentence("system-demand-stays", {"process": "乙"}) in typist.said


def test_with_the_last_process_the_system_goes_and_it_can_go_as_a_whole(typist, case, db):
    typist.process("甲")
    typist.press("remove")
    assert stored(case, db).system is None
    typist.process("甲")
    typist.process("乙")
    typist.press("去掉过程系统")
    assert stored(case, db).system is None
    assert "第一个过程" in typist.said


def test_a_row_is_taken_out_and_a_blank_one_is_not_kept(typist, case, db):
    typist.process("甲", emissions_0_gas="CO2", emissions_0_amount="1")
    typist.press("emissions")
    typist.press("emissions-0")
    typist.press("保存这个过程")
    assert "emissions" not in stored(case, db).system["processes"][0]


def test_processes_of_one_title_are_told_apart(typist, case, db):
    typist.process("甲")
    typist.process("甲")
    assert [each["name"] for each in stored(case, db).system["processes"]] == ["甲", "甲 2"]
    assert "甲（甲 2）" in [option.get("value") for option in typist.page.at("products")]
    typist.type(inputs_0_product="甲（甲）", inputs_0_amount="1", inputs_0_unit="kg")
    assert list(stored(case, db).system["processes"][1]["inputs"]) == ["甲"]


def test_a_large_system_is_listed_and_drawn_in_part(typist, case, db, world):
    names = [f"p{place}" for place in range(400)]
    processes = [
        {"name": name, "stage": "use", "unit": "kg", "inputs": {further: "0.5"}}
        for name, further in zip(names, names[1:], strict=False)
    ]
    last = {"name": names[-1], "stage": "use", "unit": "kg", "emissions": {"CO2": "1"}}
    system = {"processes": [*processes, last], "demand": {"p0": "1"}}
    carbon.set_system(case.application.inventory, world.actor("applicant"), system)
    db.session.commit()
    page = typist.look(process="p200")
    assert (page.html.count('class="card card-0 prc'), page.html.count('class="chain-box')) == (20, 24)
    assert "p200" in page.words(page.root.find(".//svg[@aria-label]"))
    assert len(page.html) < 150_000
    assert len(typist.client.get(typist.path.replace("system", "inventory")).text) < 250_000


def test_a_case_that_was_handed_in_shows_its_system_and_takes_no_change(world, browser, db):
    made = world.case("submitted")
    client = browser("applicant")
    path = f"/certification/applications/{made.id}/system"
    assert "添加过程" not in client.get(path).text
    answer = client.post(f"{path}/change", data={"act": "add", "title": "甲", "unit": "kg", "stage": "use"})
    assert answer.status_code == 409


def test_nobody_of_another_firm_comes_near(world, browser, case):
    path = f"/certification/applications/{case.id}/system"
    officer = browser("case_officer")
    assert officer.get(path).status_code == 404
    assert officer.post(path, data={"action": "save"}).status_code == 404
    assert officer.post(f"{path}/change", data={"act": "away"}).status_code == 404


def test_of_two_that_save_at_the_same_moment_one_is_told(case, world, db):
    actor = world.actor("applicant")
    name = verbs.add_process(case.application, actor, "甲", "kg", "use")
    db.session.commit()
    process = case.application.inventory.system["processes"][0]
    was = verbs.digest(process)
    verbs.save_process(case.application, actor, process | {"output": "2"}, was)
    with pytest.raises(OutOfOrder):
        verbs.save_process(case.application, actor, process | {"output": "3"}, was)
    assert name == "甲"


def test_a_process_that_is_not_there_and_one_that_makes_nothing_are_refused(case, world):
    actor = world.actor("applicant")
    verbs.add_process(case.application, actor, "甲", "kg", "use")
    [process] = case.application.inventory.system["processes"]
    was = verbs.digest(process)
    with pytest.raises(NotFound, match="process-not-found"):
        verbs.remove_process(case.application, actor, "乙", was)
    with pytest.raises(Invalid, match="system-process-invalid"):
        verbs.save_process(case.application, actor, process | {"output": "0"}, was)
    assert case.application.inventory.system["processes"] == [process]
