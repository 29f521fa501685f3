"""What the certification body and the laboratory do with a case through the pages, step by step."""

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from core.clock import today
from tests.browser.applying import open_case
from tests.certification.lists import CONDITIONS, SITE_CHECKS

RESULTS = {"面密度": "22.4", "吸水率": "0.21", "断裂模数": "41", "外照射指数": "0.6"}


def open_step(page: Page, product: str, step: str) -> Locator:
    """The form of one step in the pane of the case."""
    open_case(page, product)
    pane = page.get_by_role("complementary", name="办理")
    button, link = (pane.get_by_role(role, name=step, exact=True) for role in ("button", "link"))
    expect(button.or_(link).first).to_be_visible()  # what is not there yet cannot be counted
    if button.count() == 0:
        link.click()
    return pane.locator("form").filter(has=page.get_by_role("button", name=step, exact=True))


def done(page: Page, step: str) -> None:
    expect(page.get_by_text(f"已办：{step}")).to_be_visible()


def accept(page: Page, product: str) -> None:
    form = open_step(page, product, "受理")
    conditions = form.get_by_role("region")
    expect(conditions).to_have_count(len(CONDITIONS))
    for condition in conditions.all():
        condition.get_by_label("核对了什么").fill("与登记信息一致")
        condition.get_by_label("依据：其他来源").fill("登记系统查询")
        condition.get_by_role("checkbox").check()
    form.get_by_role("button", name="受理", exact=True).click()
    done(page, "受理")


def offer(page: Page, product: str) -> None:
    open_step(page, product, "发出认证协议").get_by_role("button").click()
    done(page, "发出认证协议")


def plan(page: Page, product: str) -> None:
    form = open_step(page, product, "下达评审方案")
    form.get_by_role("group", name="文件评审员").get_by_role("checkbox", name="苏禾").check()
    form.get_by_role("group", name="核查组长").get_by_role("checkbox", name="叶笙").check()
    form.get_by_role("radio", name="金陵示例检测技术有限公司").check()
    form.get_by_label("现场核查开始").fill(today().isoformat())
    form.get_by_label("现场核查结束").fill((today() + timedelta(days=4)).isoformat())
    form.get_by_label("同一天另有核查的理由").fill("同一园区，与另几家相邻，按日错开。")
    form.get_by_role("button", name="下达评审方案").click()
    done(page, "下达评审方案")


def review_documents(page: Page, product: str) -> None:
    form = open_step(page, product, "提交文件评审结论")
    form.get_by_role("radio", name="通过", exact=True).check()
    form.get_by_label("评审意见").fill("燃气、电力结算单与申报一致，因子来源核对无误。")
    form.get_by_role("button", name="提交文件评审结论").click()
    done(page, "提交文件评审结论")


def order_sample(page: Page, product: str, model: str) -> None:
    form = open_step(page, product, "下达检测委托")
    form.get_by_role("radio", name="现场封样后送样").check()
    form.get_by_label("型号").select_option(model)
    form.get_by_label("数量").fill("3")
    form.get_by_role("button", name="下达检测委托").click()
    done(page, "下达检测委托")


def dispatch(page: Page, product: str, seal: str) -> None:
    open_case(page, product)
    page.get_by_role("link", name="检测").first.click()
    form = sample_form(page, "记录抽样与寄送")
    form.get_by_label("抽样或寄送日期").fill(today().isoformat())
    form.get_by_label("封条号").fill(seal)
    form.get_by_role("button").click()
    done(page, "记录抽样与寄送")


def sample_form(page: Page, step: str) -> Locator:
    """The form of one step beside the sample; it may have to be unfolded first."""
    folded = page.locator("details:not([open])").filter(has=page.locator("summary", has_text=step))
    if folded.count():
        folded.first.locator("summary").click()
    return page.get_by_role("form", name=f"{step}：")


def open_sample(page: Page, product: str) -> None:
    page.goto("/certification/")
    page.get_by_role("main").get_by_role("link", name=product).first.click()


def receive(page: Page, product: str) -> None:
    open_sample(page, product)
    page.get_by_label("收样日期").fill(today().isoformat())
    page.get_by_label("样品状态").fill("封条完好，三片无破损，型号与委托一致。")
    page.get_by_role("radio", name="封条完好").check()
    page.get_by_role("button", name="收样").click()
    done(page, "收样")


def enter_results(page: Page, product: str) -> None:
    open_sample(page, product)
    for row in page.locator("#record tbody tr").all():
        item = next(item for item in RESULTS if item in row.inner_text())
        row.get_by_label("结果").fill(RESULTS[item])
        row.get_by_label("检测日期").fill(today().isoformat())
    page.get_by_role("button", name="录入检测结果").click()
    done(page, "录入检测结果")


def sign_report(page: Page, product: str, number: str) -> None:
    open_sample(page, product)
    page.get_by_label("报告编号").fill(number)
    page.get_by_label("检测地点").fill("江苏省南京市江宁区示例路 3 号")
    page.get_by_label("签发日期").fill(today().isoformat())
    page.get_by_role("button", name="签发检测报告").click()
    done(page, "签发检测报告")


def raise_finding(page: Page, product: str, fact: str) -> None:
    form = open_step(page, product, "开出不符合项")
    form.get_by_label("位置").select_option(label="证据可靠")
    form.get_by_role("radio", name="一般", exact=True).check()
    form.get_by_label("看到的事实").fill(fact)
    form.get_by_role("button", name="开出不符合项").click()
    done(page, "开出不符合项")


def close_finding(page: Page, product: str) -> None:
    open_case(page, product)
    finding = page.locator("section").filter(has=page.get_by_role("heading", name="NC-01"))
    expect(finding.get_by_role("link", name="里程记录.pdf")).to_be_visible()
    finding.get_by_role("textbox").fill("里程记录完整，与磅单相符，予以关闭。")
    finding.get_by_role("button", name="接受并关闭").click()
    done(page, "接受并关闭")


def verify_site(page: Page, product: str) -> None:
    open_case(page, product)
    page.get_by_role("link", name="提交现场核查记录").click()
    checks = page.get_by_role("radiogroup")
    expect(checks).to_have_count(len(SITE_CHECKS))
    for check in checks.all():
        check.get_by_role("radio", name="符合", exact=True).check()
    for opening in page.get_by_text("写看到的事实", exact=True).all():
        opening.click()
    for note in page.get_by_label("看到的事实：").all():
        note.fill("现场看到的与申报一致。")
    for name in ("首次会议", "末次会议"):
        meeting = page.get_by_role("group", name=name)
        meeting.get_by_label("日期").fill(today().isoformat())
        meeting.get_by_label("参加人").fill("核查组、厂长、能源管理员")
        meeting.get_by_label("确认人").fill("厂长")
    page.get_by_label("核查开始").fill(today().isoformat())
    page.get_by_label("核查结束").fill(today().isoformat())
    page.get_by_label("实际人日数").fill("4")
    page.get_by_role("group", name="现场核查结论").get_by_role("radio", name="通过", exact=True).check()
    page.get_by_role("button", name="提交现场核查记录").click()
    done(page, "提交现场核查记录")


def verify_data(page: Page, product: str) -> None:
    """Every declared item is agreed by itself, what weighs most first; then the opinion is given."""
    open_case(page, product)
    page.get_by_role("link", name="核对申报数据", exact=True).click()
    page.get_by_role("link", name="证据计划与底稿").click()
    page.get_by_role("button", name="保存证据计划").click()
    expect(page.get_by_text("证据计划已保存")).to_be_visible()
    page.get_by_role("link", name="核对申报数据", exact=True).click()
    left = page.get_by_text("未核对", exact=True)
    for remaining in range(left.count(), 0, -1):
        expect(left).to_have_count(remaining)
        page.get_by_role("radio", name="核对一致", exact=True).check()
        page.get_by_label("看了几份").fill("12")
        page.get_by_label("依据和理由").fill("逐份核对原始单据，与申报一致。")
        page.get_by_role("button", name="保存这一项").click()
        done(page, "核对申报数据")
    expect(left).to_have_count(0)
    page.get_by_role("radio", name="无保留意见", exact=True).check()
    page.get_by_label("意见的依据").fill("逐项核对，没有错报。")
    page.get_by_role("button", name="发表核查意见").click()
    done(page, "发表核查意见")


def finish(page: Page, product: str) -> None:
    open_step(page, product, "评审完成，提交复核").get_by_role("button").click()
    done(page, "评审完成，提交复核")


def recommend(page: Page, product: str) -> None:
    form = open_step(page, product, "提交复核意见")
    form.get_by_role("radio", name="建议批准", exact=True).check()
    form.get_by_label("复核意见").fill("评审过程完整，结论有据。")
    form.get_by_role("button", name="提交复核意见").click()
    done(page, "提交复核意见")


def grant(page: Page, product: str) -> None:
    open_case(page, product)
    page.get_by_role("link", name="批准认证").click()
    page.get_by_label("决定理由").fill("各环节证据充分，碳足迹低于限值。")
    page.get_by_role("checkbox", name="我已阅读卷宗").check()
    page.get_by_role("button", name="签署：批准认证").click()
    done(page, "批准认证")


def countersign(page: Page, product: str) -> None:
    open_case(page, product)
    page.get_by_role("link", name="会签").click()
    page.get_by_role("checkbox", name="我已阅读卷宗").check()
    page.get_by_role("button", name="签署：会签").click()
    done(page, "会签")
