"""One whole case, walked by hand as people would: from application to list, and off the list again."""

from playwright.sync_api import expect

from tests.browser import afterwards, applying, judging

PRODUCT = "云灰哑光石英砖"
FACT = "省外发货没有里程记录，配送距离缺少证据。"
REASON = "监督检查发现能源计量记录不完整，责令整改。"


def test_a_case_walks_by_hand_from_application_to_list_and_off_it_again(at, page):
    apply(at("applicant"))
    take_on(at)
    evaluate(at)
    decide(at)
    number = afterwards.number_of(at("applicant"), PRODUCT)
    show_certificate(page, number)
    give_label(at, number)
    edition = list_product(at, page, number)
    suspend(at, page, number, edition)
    restore(at, page, number, edition)


def apply(page):
    applying.begin(page)
    applying.name_parties(page)
    applying.describe_product(page, PRODUCT)
    applying.hand_in_files(page)
    count_live(page)
    applying.submit(page)


def count_live(page):
    """The total follows the typing: nothing is sent by hand until the end."""
    applying.period_and_output(page)
    total = page.get_by_role("complementary", name="实时碳足迹").locator("[data-total]")
    expect(total).to_have_text("—")
    for source, sum_so_far in zip(applying.SOURCES, applying.SUMS, strict=True):
        row = applying.new_row(page, source)
        applying.fill_row(row, source)
        applying.choose_factor(page, row, source)
        expect(total).to_have_text(sum_so_far)
    page.get_by_role("button", name="保存，返回申请").click()


def take_on(at):
    judging.accept(at("intake"), PRODUCT)
    judging.offer(at("officer"), PRODUCT)
    applying.sign_agreement(at("applicant"), PRODUCT)
    judging.plan(at("officer"), PRODUCT)


def evaluate(at):
    judging.review_documents(at("documents"), PRODUCT)
    judging.order_sample(at("verifier"), PRODUCT, "YH-8801")
    judging.dispatch(at("verifier"), PRODUCT, "F-88213")
    judging.receive(at("samples"), PRODUCT)
    judging.enter_results(at("tester"), PRODUCT)
    judging.sign_report(at("signatory"), PRODUCT, "TR-BROWSER-0001")
    judging.raise_finding(at("verifier"), PRODUCT, FACT)
    applying.answer_finding(at("applicant"), PRODUCT)
    judging.close_finding(at("verifier"), PRODUCT)
    judging.verify_site(at("verifier"), PRODUCT)
    judging.verify_data(at("verifier"), PRODUCT)
    judging.finish(at("verifier"), PRODUCT)


def decide(at):
    judging.recommend(at("review"), PRODUCT)
    judging.grant(at("decision"), PRODUCT)
    judging.countersign(at("head"), PRODUCT)


def show_certificate(page, number):
    models = [code for code, _specification in applying.MODELS]
    afterwards.verify(page, number, "证书有效", PRODUCT, applying.FOOTPRINT, "演示数据", *models)
    text = afterwards.text_of_pdf(page, number)
    assert PRODUCT in text
    assert number in text
    assert applying.FOOTPRINT in text


def give_label(at, number):
    afterwards.ask_for_label(at("applicant"), number)
    afterwards.license_label(at("label"), number)
    label = afterwards.fetch_label(at("applicant"), number)
    assert number in label
    assert applying.FOOTPRINT not in label  # a low-carbon label carries no figure


def list_product(at, page, number):
    assert afterwards.found_in_catalogue(page, PRODUCT[2:]) == 1
    assert afterwards.found_in_catalogue(page, "yh8802") == 1
    edition = afterwards.redraw_edition(at("list"))
    afterwards.open_notice(at("list"))
    afterwards.look_up(page, edition, number, "有效", "演示数据")
    return edition


def suspend(at, page, number, edition):
    cause = "监督发现不符合，可以整改"
    afterwards.change_status(at("decision"), number, "暂停证书", cause, REASON)
    afterwards.verify(page, number, "证书已暂停", REASON)
    refused = at("applicant").request.get(f"/certification/labels/{number}/full.svg")
    assert refused.status == 422
    assert "certificate-not-valid" in refused.text()
    at("applicant").goto(f"/certification/labels/{number}")
    expect(at("applicant").get_by_text("标签已停用")).to_be_visible()
    assert afterwards.found_in_catalogue(page, number, "已暂停") == 1
    afterwards.look_up(page, edition, number, "已暂停", REASON)


def restore(at, page, number, edition):
    """As its holder asked, once a verifier saw the remedy, by somebody else than suspended it."""
    afterwards.ask(at("applicant"), number, "恢复证书", "计量记录已补齐。")
    afterwards.confirm(at("verifier"), number)
    afterwards.change_status(at("decision2"), number, "恢复证书", "整改完成并经核实", "计量记录已补齐。")
    afterwards.verify(page, number, "证书有效", "计量记录已补齐。")
    assert number in afterwards.fetch_label(at("applicant"), number)
    afterwards.look_up(page, edition, number, "有效", "演示数据")
