"""The answers of a check as officers read them: each finding a word, what differs marked."""

import re

MAKER = "宜兴云陶新材有限公司"


def columns(page: str) -> list[list[tuple[str, str]]]:
    """Of each line the findings in its narrow columns: tone and word."""
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")[:-1]
    cell = re.compile(r'<td class="fx ([\w-]+)[^>]*>(?:<svg.*?</svg>)?(.*?)</td>', re.DOTALL)
    return [[(tone, said.strip()) for tone, said in cell.findall(row)] for row in rows]


def test_each_finding_is_a_word_and_none_says_no_to_what_is_not_required(issued, law, kept, client):
    law("category")
    rows = (
        f"{issued.number},{MAKER},,YT-6015",
        f"{issued.number},{MAKER},,YT-9999",
        f"{issued.number},{MAKER},,YT-6015,,A02061908",
        "LCP-1,,,X",
    )
    address, _annex = kept(pasted="\n".join(rows))
    page = client.get(f"/procurement/checks/{address}?lang=zh").text
    good, other, part, nobody = columns(page)
    assert [said for _tone, said in good] == ["优先", "有效", "一致", "一致", "有资质", "可采信"]
    assert other[2] == ("c-stop", "不包括")
    assert part[0] == ("dim", "部件")
    assert nobody[1:] == [("c-warn", "没有查到"), *[("dim", "没有问")] * 4]
    assert (page.count('<tr class="bad">'), page.count('<tr class="flag">')) == (1, 1)


def test_where_the_list_counts_it_has_a_column_of_its_own(issued, law, kept, client):
    law("list")
    address, annex = kept(pasted=f"{issued.number},{MAKER},,YT-6015")
    assert [line["overall"] for line in annex["lines"]] == ["not-buyable"]
    [line] = columns(client.get(f"/procurement/checks/{address}?lang=zh").text)
    assert line[-1] == ("c-stop", "没有清单")
