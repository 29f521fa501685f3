"""Purchases as they stand in a table: read by the door that reads bids."""

from procurement.bids.reading import Asks

MOST = 5000
PURCHASES = Asks(
    {
        "bought_on": ("采购日期", "成交日期", "合同日期", "日期", "day"),
        "unit": ("采购单位", "使用单位", "部门", "unit"),
        "reference": ("合同或订单编号", "合同编号", "订单编号", "reference"),
        "category": ("品目编码", "品目", "category code"),
        "product": ("产品名称", "货物名称", "名称", "product"),
        "number": ("证书编号", "证书号", "certificate number"),
        "model": ("型号", "规格型号", "model"),
        "maker": ("企业名称", "生产企业", "制造商", "maker"),
        "spend": ("金额（元）", "金额", "成交金额", "spend"),
    },
    ("product", "reference"),
    ("number", "model", "category"),
    headless="purchase-headings-missing",
    empty="purchase-says-nothing",
    days=("bought_on",),
    numbers=("spend",),
)
