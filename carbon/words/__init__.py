"""What the slugs of carbon are called, why it says no, and what it warns of."""

import re
from collections.abc import Iterable, Mapping

from accounts.words import region_name
from carbon.checks import check_of
from carbon.footprint import GASES
from carbon.records import Field, Measured
from carbon.words.quantities import QUANTITIES
from carbon.words.spread import SPREAD
from core.i18n import _l
from core.readers import ids
from core.words import Word, known, unit_text, word

NAMES = {
    "stage.raw_material": _l("原材料获取"),
    "stage.manufacturing": _l("生产制造"),
    "stage.distribution": _l("分销运输"),
    "stage.use": _l("使用"),
    "stage.end_of_life": _l("废弃处置"),
    "boundary.cradle_to_gate": _l("从摇篮到大门"),
    "boundary.cradle_to_site": _l("从摇篮到现场"),
    "boundary.cradle_to_grave": _l("从摇篮到坟墓"),
    "boundary.operation": _l("运行阶段"),
    "quality.A": _l("A 级：现场实测，有原始凭证"),
    "quality.B": _l("B 级：由现场数据计算"),
    "quality.C": _l("C 级：行业数据或供应商声明"),
    "quality.D": _l("D 级：估计"),
    "confidence.seen": _l("见于来源"),
    "apart.fossil": _l("化石源排放"),
    "apart.biogenic_emission": _l("生物质排放"),
    "apart.biogenic_uptake": _l("生物质吸收"),
    "apart.land_use_change": _l("直接土地利用变化"),
    "apart.aircraft": _l("其中航空运输"),
    "apart.packaging": _l("其中包装"),
    "apart.outbound_transport": _l("其中出厂后的运输"),
    "confidence.memory": _l("来源待核"),
    "confidence.declared": _l("供应商声明"),
    "gwp.AR4": _l("IPCC 第四次评估报告"),
    "gwp.AR5": _l("IPCC 第五次评估报告"),
    "gwp.AR6": _l("IPCC 第六次评估报告"),
    "gas.CO2e": _l("温室气体合计（二氧化碳当量）"),
    "gas.CO2": _l("二氧化碳"),
    "gas.CO2-biogenic": _l("生物质二氧化碳"),
    "gas.CO2e-biogenic": _l("生物质温室气体合计（二氧化碳当量）"),
    "gas.CH4": _l("甲烷"),
    "gas.N2O": _l("氧化亚氮"),
    "gas.SF6": _l("六氟化硫"),
    "gas.NF3": _l("三氟化氮"),
    "gas.CF4": _l("四氟化碳"),
    "gas.C2F6": _l("六氟乙烷"),
    "gas.C3F8": _l("八氟丙烷"),
    "category.electricity_footprint": _l("电力碳足迹"),
    "category.electricity": _l("电网二氧化碳"),
    "category.heat": _l("热力"),
    "category.fuel_combustion": _l("燃料燃烧"),
    "category.fuel_combustion_nonco2": _l("燃料燃烧的甲烷与氧化亚氮"),
    "category.material": _l("材料"),
    "category.process_clinker": _l("熟料煅烧"),
    "category.process_carbonate": _l("碳酸盐分解"),
    "category.process_lime": _l("石灰生产"),
    "category.process_glass": _l("玻璃熔制"),
    "category.process_metal": _l("金属冶炼"),
    "category.transport": _l("运输"),
    "category.water": _l("供水与污水"),
    "category.waste": _l("废物处置"),
    "category.gwp": _l("温室气体直接排放"),
    "category.fuel_parameter_ncv": _l("燃料低位发热量"),
    "category.fuel_parameter_cc": _l("燃料含碳量"),
    "category.fuel_parameter_of": _l("燃料碳氧化率"),
    "area.CN": _l("全国"),
    "area.World": _l("全球"),
    "area.GB": _l("英国"),
    "area.CN-grid-north": _l("华北电网"),
    "area.CN-grid-northeast": _l("东北电网"),
    "area.CN-grid-east": _l("华东电网"),
    "area.CN-grid-central": _l("华中电网"),
    "area.CN-grid-northwest": _l("西北电网"),
    "area.CN-grid-south": _l("南方电网"),
    "area.CN-grid-southwest": _l("西南电网"),
    "carbon.step.fill": _l("填报活动数据"),
}

REFUSALS = {
    "inventory-invalid": _l("有 {count} 处填写有误，请按提示改正后再保存"),
    "inventory-empty": _l("活动数据是空的，先填写排放源的数量、单位和排放因子"),
    "inventory-of-others": _l("这份活动数据属于其他单位，您不能修改"),
    "inventory-unknown": _l("没有这份活动数据"),
    "footprint-unknown": _l("没有这份碳足迹"),
    "footprint-is-frozen": _l("碳足迹已经固化，不能修改。请重新计算一份"),
    "footprint-altered": _l("碳足迹的固化副本与摘要不符，可能被改动过"),
    "factor-in-use": _l("排放因子已被使用，不能修改。请导入新的版本"),
    "factor-unknown": _l("因子库中没有这个排放因子，请重新选择"),
    "factor-is-a-parameter": _l("这是燃料参数，不是排放因子，请选择排放因子"),
    "factor-given-twice": _l("因子库的因子、自有因子和记录自己的参数只能填一种，请清空其余"),
    "kind-unknown": _l("没有这种记录，请从列表里选择"),
    "unit-not-of-field": _l("这一项不用这个单位，请从列表里选择"),
    "quantity-impossible": _l("不可能是这个数，请核对数值和单位"),
    "part-above-whole": _l("部分不能大于整体，请核对"),
    "use-given-twice": _l("功率与时间、年耗电量与年数只能填一种，请清空其余"),
    "residual-not-published": _l("我国还没有公布剩余电力组合的因子，不能采用，请按全国电力平均碳足迹因子"),
    "above-certificate": _l("电量不能大于绿证的电量"),
    "exported-above-own": _l("转供或上网的电量不能大于自有电站的电量"),
    "grid-factor-not-national": _l("电网电力请用因子库里的全国电力平均碳足迹因子"),
    "row-key-unreadable": _l("行标识只能是字母、数字、点、横线和下划线，不超过 40 个"),
    "amount-not-of-ledger": _l("活动量由逐月台账合计，与填写的数不同，请改台账或清空活动量"),
    "month-outside-period": _l("这个月不在统计期内，请改月份或统计期"),
    "month-twice": _l("同一个月填了两次"),
    "credit-outside": _l("碳抵消、碳信用、配额和绿证在碳足迹之外，不能作为清除或避免的产品（GB/T 24067）"),
    "factor-unit-missing": _l("填写排放因子的单位，如 kgCO2e/kg"),
    "factor-unit-unknown": _l("看不懂排放因子的单位，请写成 kgCO2e/kg 的样子"),
    "unit-missing": _l("选择单位"),
    "unit-unknown": _l("没有这个单位，请从列表里选择"),
    "unit-without-size": _l("一箱、一袋有多少不一定，请换成件、千克、升等单位"),
    "unit-does-not-fit": _l("单位不能换算：请换成与排放因子（或产量）同类的单位"),
    "value-missing": _l("填写这一项"),
    "number-not-above-zero": _l("应大于零"),
    "not-a-fraction": _l("应在 0 与 1（100%）之间，如 0.98"),
    "quantity-negative": _l("数量不能小于零"),
    "condition-given-twice": _l("标准状态和实测的温度、压力只填一种"),
    "condition-of-no-gas": _l("只有按立方米计的气体才需要换算到标准状态"),
    "part-of-the-factor": _l("按吨公里的因子已经包含装载和空驶，不再另填"),
    "load-given-twice": _l("载重和装载率只填一种"),
    "mode-shares-not-whole": _l("同一段路上各种运输方式的占比之和应为 1"),
    "uptake-above-zero": _l("吸收量是负数或零"),
    "output-missing": _l("还没有填写产量，碳足迹算不出来"),
    "output-not-positive": _l("产量应大于零"),
    "stage-unknown": _l("没有这个阶段，请从列表里选择"),
    "boundary-unknown": _l("没有这种系统边界，请从列表里选择"),
    "quality-unknown": _l("数据质量应为 A、B、C 或 D"),
    "gwp-unknown": _l("没有这一套增温潜势"),
    "gas-unknown": _l("没有这种温室气体的增温潜势"),
    "gas-is-not-of-unit": _l("气体与因子单位里的气体不一致"),
    "period-backwards": _l("结束日期早于开始日期"),
    "rows-too-many": _l("一次最多 {most} 行"),
    "not-in-list": _l("不在允许的取值之内"),
    "gwp-of-no-co2e": _l("只有以二氧化碳当量计的因子才说明所用的增温潜势"),
    "body-shape": _l("请求正文的结构不对，请对照接口说明"),
    "system-processes": _l("过程系统要有 1 到 {most} 个过程"),
    "system-process-twice": _l("有两个过程都叫“{process}”，名称不能重复"),
    "system-demand": _l('需求写一种产品和它的数量，如 {{"clinker": "1"}}'),
    "system-unit": _l("“{process}”的“{product}”以 {needed} 计，不能从 {unit} 换算"),
    "system-product-unknown": _l("需求的产品“{product}”没有过程生产"),
    "system-exchange": _l("过程“{process}”的产出不能为零，投入不能小于零"),
    "system-shares": _l(
        "过程“{process}”的分配比例应属于它的产品，每个在 0 到 1 之间，合计正好为 1；现在合计 {together}"
    ),
    "spread-given-twice": _l("几何标准差和谱系评分只能填一种，请清空其余"),
    "gsd-out-of-bounds": _l("几何标准差应在 1 与 10 之间，1 表示没有不确定性"),
    "system-allocation": _l("分配方法写 mass（质量）、price（价格）或 energy（能量）"),
    "system-shares-twice": _l("“{process}”既写了分配比例又写了分配方法，只能写一种"),
    "system-basis": _l("“{product}”应是“{process}”的产品，数值不能小于零"),
    "system-basis-missing": _l("要按这种方法分配，还缺“{product}”每单位的数值"),
    "system-input-unmade": _l("“{process}”用到的“{product}”没有过程生产"),
    "system-coproduct-left": _l("“{process}”的联产品“{product}”没有去处：填写分配比例，或加上它所替代的过程"),
    "system-product-twice": _l("“{one}”和“{other}”都产出“{product}”，每种产品只能有一个来源"),
    "negative-without-ground": _l(
        "这一项从碳足迹里扣减，却没有依据：碳抵消、碳信用、绿证、卖出的余热和避免的负担都不算（GB/T 24067）；"
        "只有生物质吸收的二氧化碳（CO2-biogenic）可以为负"
    ),
    "system-not-productive": _l(
        "过程“{processes}”消耗的比产出的多，这样的系统不可能存在，请检查投入的数量和单位"
    ),
    "system-singular": _l("过程“{processes}”互相消耗，没有解，请检查循环中的投入与产出"),
}

WARNINGS = {
    "row-not-declared": _l("“{name}”还没有数量，没有计入"),
    "factor-missing": _l("“{name}”还没有排放因子，没有计入"),
    "co2-counted-as-co2e": _l("“{name}”的因子 {factor} 只含二氧化碳，已按二氧化碳当量计入，其他气体缺失"),
    "grid-factor-in-footprint": _l("“{name}”用了电网二氧化碳因子 {factor}，产品碳足迹应采用电力碳足迹因子"),
    "biogenic-co2-in-total": _l("“{name}”含生物质二氧化碳，已计入合计并单独列示，请核对吸收量是否申报"),
    "negative-contribution": _l("“{name}”是负值（生物质吸收或避免的负担），请附依据"),
    "gwp-set-differs": _l("“{name}”的因子 {factor} 与本次计算采用的 {gwp} 不是同一套增温潜势"),
    "gwp-unsettled": _l(
        "“{name}”含 {gas}，它在 {gwp} 下的增温潜势各来源不一（{values}），核定之前不能作为认证决定的依据"
    ),
    "fuel-defaults-differ": _l("“{name}”的因子是 {factor}，另一份官方指南是 {other}，规则没有规定用哪一个"),
    "fuel-default-of-others": _l("“{name}”的因子是 {factor}，规则规定用的缺省值是 {other}"),
    "factor-from-memory": _l("“{name}”的因子 {factor} 来源待核，不能作为认证决定的依据"),
    "factor-superseded": _l("“{name}”的因子 {factor} 已有新版本，重新保存后采用"),
    "rows-duplicated": _l("“{name}”与“{other}”的来源和数量相同，可能重复计算"),
    "unit-slip-suspected": _l("“{name}”的 {value} 与 {other} 相差约一千倍，请核对单位"),
    "row-dominates": _l("“{name}”占合计的 {percent}%，请核对数量级和单位"),
    "far-from-peers": _l("合计 {total} 与同类产品的中位值 {median} 相差一百倍以上"),
    "unlike-peers": _l("合计 {total} 在同类产品（{count} 个，中位值 {median}）的分布之外"),
    "far-from-limit": _l("合计 {total} 与限值 {limit} 相差十倍以上"),
    "output-exceeds-inputs": _l("产量 {output}，投入的物料一共只有 {input}"),
    "inputs-exceed-output": _l("投入的物料有 {input}，产量只有 {output}"),
    "clinker-above-product": _l("活动数据里的熟料是产量的 {reckoned}，比产品还多"),
    "clinker-share-differs": _l("活动数据里的熟料占产量的 {reckoned}，检测报告里是 {tested}"),
    "single-row": _l("只有一个排放源“{name}”"),
    "fuel-value-impossible": _l("“{name}”的 {value} 超出各种燃料缺省值 {low} 至 {high}（{source}）一倍以上"),
    "fuel-value-unusual": _l("“{name}”的 {value} 与该燃料的缺省值 {low} 至 {high}（{source}）相差较大"),
    "part-counted-twice": _l("“{name}”与“{other}”数量同为 {value}，一个是总量，一个只是{gas}，可能重复"),
    "two-factors": _l("“{name}”与“{other}”数量同为 {value}，却用了两个因子：{factor}、{against}"),
    "power-unproven": _l("“{name}”的电力因子 {factor} 低于全国平均 {average}，没有附证明文件"),
    "power-not-carried": _l("“{name}”的因子 {factor} 不含输配电：用电 {needed}，另计输配电的只有 {carried}"),
    "gwp-outdated": _l("增温潜势采用 {gwp}，{day} 年最新的是 {newest}"),
    "factor-of-another-year": _l("“{name}”的因子 {factor} 是 {of} 年的，核算期是 {year} 年"),
    "factor-of-another-region": _l("“{name}”的因子 {factor} 属于{region}，工厂在{plant}"),
    "period-missing": _l("还没有填写核算期"),
    "period-not-a-year": _l("核算期 {start} 至 {end} 不是十二个月"),
    "period-not-over": _l("核算期到 {end} 才结束"),
    "stage-outside-boundary": _l("“{name}”所在阶段不在系统边界之内"),
    "stages-missing": _l("边界是从摇篮到坟墓，但没有使用或废弃处置阶段的数据"),
    "evidence-missing": _l("“{name}”还没有证据"),
    "rule-stage-missing": _l("规则要求有“{stage}”阶段的数据，现在没有"),
    "rule-row-missing": _l("规则要求有“{name}”（{stage}），现在没有"),
    "rule-factor-kind": _l("“{name}”的因子来历不是规则允许的"),
    "rule-factor-too-old": _l("“{name}”的因子是 {year} 年的，规则要求早于核算期不超过 {most} 年"),
    "rule-primary-share": _l("现场数据（A、B 级）占排放量的 {share}%，规则要求不低于 {least}%"),
    "rule-period": _l("核算期是 {months} 个月，规则要求 {wanted} 个月"),
    "rule-grid-factor": _l("“{name}”没有用规则指定的电力因子 {factor}"),
    "quantity-unusual": _l("“{name}”的{field} {value} 不在通常的 {usual} 之内，是 {meant} 吗？"),
    "quantity-far-off": _l("“{name}”的{field} {value} 不在通常的 {usual} 之内，请核对数值和单位"),
    "use-grid-unsaid": _l("“{name}”用的是自己填写的电力因子，没有写明是哪个国家、哪一年的电网"),
    "fuel-kind-unsaid": _l("“{name}”没有说明是哪一类燃料，没有算甲烷和氧化亚氮"),
    "fuel-gases-unknown": _l("“{name}”的因子只含二氧化碳，库里没有它的甲烷和氧化亚氮缺省值，没有算"),
    "fuel-gases-twice": _l("“{name}”单列了燃烧的甲烷或氧化亚氮，“{other}”已经按缺省值一并计算"),
    "fuel-without-upstream": _l("“{name}”只算了燃烧，边界从摇篮算起，还要填写开采、加工和供应的排放"),
    "cff-beside-cut-off": _l("“{name}”按循环足迹公式每千克 {value}，按截断法是 {other} kgCO2e"),
    "supplier-stages-do-not-add-up": _l("“{name}”各组成之和 {sum} 与公布的合计 {published} 不符"),
    "supplier-shares-do-not-add-up": _l("“{name}”各阶段占比之和是 {sum}，不是 1"),
    "supplier-zero-means-not-declared": _l("“{name}”各组成都写着 0，合计却是 {published}：0 表示未分别申报"),
    "supplier-uptake-not-of-carbon": _l(
        "“{name}”的生物质吸收 {uptake} 不是含碳量 {carbon} 的 −44/12，应为 {meant}"
    ),
    "supplier-uptake-without-carbon": _l("“{name}”扣除了生物质吸收 {uptake}，却没有写含碳量"),
    "supplier-outbound-apart": _l(
        "“{name}”的供应商另列了出厂后的运输 {value}，没有计入；这段运输请单独填一行"
    ),
    "supplier-expired": _l("“{name}”的供应商碳足迹有效期至 {until}，活动数据到 {end} 才结束"),
    "ground-not-accepted": _l("“{name}”要从碳足迹里扣减，评审人还没有认可它的依据，先按 0 计入"),
    "supply-unproven": _l("“{name}”有自有或合同电力，没有附计量或合同、绿证的文件，先按电网因子计入"),
    "power-unbalanced": _l("“{name}”各来源合计 {sum} kWh，电表是 {metered} kWh，相差 {difference} kWh"),
    "certificates-not-counted": _l("“{name}”的合同电力按电网因子计入：认证规则不采用绿证"),
    "meter-counted-twice": _l("“{name}”与“{other}”是同一块表（{meter}），合计计入 {sum}，表上只有 {metered}"),
    "certificate-exceeded": _l(
        "绿证 {certificate} 只有 {certified}，本次各行合计用了 {sum}，同期其他申请用了 {elsewhere}"
    ),
    "month-proved-twice": _l("“{name}”与“{other}”由同一份文件证明，同月同量：{months}"),
    "ledger-gap": _l("“{name}”的逐月台账缺 {count} 个月：{months}"),
    "stages-do-not-add-up": _l("各阶段之和 {sum} 与公布的合计 {published} 不符"),
    "shares-do-not-add-up": _l("各阶段占比之和是 {sum}，不是 1"),
    "zero-means-not-declared": _l("各阶段都写着 0，合计却是 {published}：0 表示未分别申报"),
}

SEVERITY = {
    "red": _l("必须说明"),
    "amber": _l("请说明"),
    "note": _l("提示"),
}
MARKS = {"red": ("stop", "alert"), "amber": ("warn", "alert"), "note": ("info", "info")}

# What is asked of the applicant; a check that is only said has no question.
QUESTIONS = {
    "output-exceeds-inputs": _l("产品不会比投入的物料重十倍。产量或物料的单位写错了吗？有哪些物料没有填？"),
    "inputs-exceed-output": _l("投入的物料是产品的十倍以上。产量是按千克填成了吨，还是有别的原因？"),
    "far-from-limit": _l("与限值差这么多，产量、数量和单位都核对过吗？请说明原因。"),
    "far-from-peers": _l("与同类产品差这么多，产量、数量和单位都核对过吗？请说明原因。"),
    "unlike-peers": _l("您的产品为什么明显高于或低于同类产品？"),
    "fuel-value-impossible": _l("这个数是按哪个单位测的？请换算成框里写的单位，或说明原因。"),
    "fuel-value-unusual": _l("这个数有化验报告吗？请说明取样和检测的情况。"),
    "unit-slip-suspected": _l("两处相差一千倍，单位都对吗？"),
    "row-dominates": _l("这一项为什么占了几乎全部？数量级和单位都对吗？其他排放源填全了吗？"),
    "part-counted-twice": _l("总量已经包含各种气体。请删去其中一项，或说明两项不是同一件事。"),
    "two-factors": _l("同一份用量只能用一个因子。请删去其中一项，或说明两项不是同一份用量。"),
    "rows-duplicated": _l("两项是同一件事吗？请删去重复的，或说明区别。"),
    "meter-counted-twice": _l("同一块表的读数只能计入一次。请删去重复的部分，或写明各自分摊多少。"),
    "certificate-exceeded": _l("一张绿证的电量只能用一次。请改正用量，或另附绿证。"),
    "month-proved-twice": _l("同一张发票或读数用了两次吗？请删去一处，或说明两项不是同一份用量。"),
    "clinker-above-product": _l("熟料用量或产量哪一个不对？外销或库存的熟料算进去了吗？"),
    "clinker-share-differs": _l("熟料用量、产量和检测结果哪一个不对？外购、外销或库存的熟料算进去了吗？"),
    "single-row": _l("一个产品不会只有一个排放源。其他原料、能源和运输为什么没有？"),
    "stages-missing": _l("为什么没有使用或废弃处置阶段的数据？"),
    "stage-outside-boundary": _l("这一项不在系统边界之内，为什么计入？"),
    "power-unproven": _l("凭什么用这个因子？请附自发自用的计量、购电合同或绿证，或改用全国平均因子。"),
    "power-not-carried": _l("请另填一行输配电（含线损）；自发自用、不经电网的请说明。"),
    "gwp-outdated": _l("为什么不采用最新的增温潜势？"),
    "fuel-default-of-others": _l("为什么不用规则规定的缺省值？请改用它，或用实测值。"),
    "factor-of-another-year": _l("因子与核算期不是同一年。为什么采用这一年的？"),
    "factor-of-another-region": _l("因子不属于工厂所在地。为什么可以代表这里的情况？"),
    "grid-factor-in-footprint": _l("产品碳足迹为什么采用电网二氧化碳因子，而不是电力碳足迹因子？"),
    "gwp-set-differs": _l("因子与本次计算的增温潜势不是同一套，为什么？"),
    "period-missing": _l("这些数据是哪段时间的？"),
    "rule-stage-missing": _l("规则要求的阶段为什么没有数据？请补上。"),
    "rule-row-missing": _l("规则要求的排放源在哪一行？没有的请补上。"),
    "rule-factor-kind": _l("规则不收这种来历的因子，请换一个。"),
    "rule-factor-too-old": _l("规则不收这么早的因子，请换新的。"),
    "rule-primary-share": _l("哪些排放源可以改用现场实测的数据？"),
    "rule-period": _l("请按规则的核算期重新填写，或者说明为什么不能。"),
    "rule-grid-factor": _l("请改用规则指定的电力因子，或者上传绿电的证明文件。"),
    "period-not-a-year": _l("核算期为什么不是十二个月？能代表全年吗？"),
    "period-not-over": _l("核算期还没有结束，数据是怎么得到的？"),
    "stages-do-not-add-up": _l("公布的合计与各阶段之和不符，以哪一个为准？"),
    "shares-do-not-add-up": _l("各阶段占比合计不是 1，缺了什么？"),
    "zero-means-not-declared": _l("各阶段的 0 是没有排放，还是没有分别申报？"),
    "quantity-unusual": _l("这个数是按哪个单位测的？请改正单位，或说明原因。"),
    "quantity-far-off": _l("这个数有检测报告或台账吗？请改正，或说明原因。"),
    "use-grid-unsaid": _l("产品在哪个国家使用？因子是哪一年的？请填写，或从因子库选用电力因子。"),
    "fuel-kind-unsaid": _l("这是哪一类燃料？选好类别就按缺省值算甲烷和氧化亚氮；有实测值的，请填实测值。"),
    "fuel-gases-unknown": _l("请改用“燃料”记录，填写类别或实测的甲烷、氧化亚氮；不计的，请说明原因。"),
    "fuel-gases-twice": _l("这一行是同一批燃料的吗？是的话请删去，避免重复计算。"),
    "fuel-without-upstream": _l("燃料的开采、加工和供应为什么没有？请填写上游因子，或另加一行。"),
    "supplier-stages-do-not-add-up": _l("供应商公布的合计与各组成之和不符，以哪一个为准？"),
    "supplier-shares-do-not-add-up": _l("供应商公布的各阶段占比合计不是 1，缺了什么？"),
    "supplier-zero-means-not-declared": _l("供应商各组成的 0 是没有排放，还是没有分别申报？"),
    "supply-unproven": _l("自有电站的计量记录、合同和绿证在哪里？请附文件，或改为电网电力。"),
    "power-unbalanced": _l("电表读数与各来源为什么不等？少的部分已按电网电力计入。"),
    "ledger-gap": _l("这些月份没有数据，为什么？停产请填 0，缺失请补齐或说明怎样估计。"),
    "supplier-uptake-not-of-carbon": _l("产品里留下的生物质碳有多少？请改正吸收量或含碳量，并附检测报告。"),
    "supplier-uptake-without-carbon": _l("产品里有多少生物质碳？请填写含碳量并附检测报告。"),
    "supplier-expired": _l("过期以后购入的用的是哪个碳足迹？请换用新的，或说明为什么仍然适用。"),
    "ground-not-accepted": _l("依据是什么？请附被替代的产品或清除的核查文件，由评审人认可。"),
}

MEASURED = re.compile(r"-?\d[\d.]* \S+")  # a number with its unit

# The same question, when there is a factor to name.
NEARER = {
    "factor-of-another-year": _l("因子与核算期不是同一年，库里更近的是 {nearest}。为什么采用这一年的？")
}

WORDS = {
    **{f"gas.{gas}": Word(gas) for gas in GASES},  # refrigerants go by their formula in every language
    **{key: Word(text) for key, text in (NAMES | QUANTITIES | SPREAD).items()},
    **{f"refusal.{slug}": Word(text) for slug, text in REFUSALS.items()},
    **{f"warning.{slug}": Word(text, *MARKS[check_of(slug).severity]) for slug, text in WARNINGS.items()},
    **{f"ask.{slug}": Word(text) for slug, text in QUESTIONS.items()},
    **{f"ask.{slug}.nearer": Word(text) for slug, text in NEARER.items()},
    **{f"severity.{name}": Word(text, *MARKS[name]) for name, text in SEVERITY.items()},
}


def area_of(region: str) -> str:
    """Where a factor holds: a country or a grid of the library, or a province."""
    key = f"area.{region}"
    return str(word(key)) if known(key) else region_name(region)


def ask(slug: str, detail: Mapping[str, object]) -> str:
    """The question of a slug, or "" when nobody is to answer it."""
    if slug not in QUESTIONS:
        return ""
    nearer = slug in NEARER and detail.get("nearest") not in (None, "", "—")  # as it once was kept
    return str(word(f"ask.{slug}.nearer" if nearer else f"ask.{slug}")).format_map(_spoken(detail))


def say_cautions(cautions: Iterable[tuple[str, Mapping[str, object]]]) -> list[str]:
    """The sentences of many (slug, detail), each slug looked up once."""
    cautions = list(cautions)
    texts = {slug: str(word(f"warning.{slug}")) for slug in {slug for slug, _detail in cautions}}
    return [texts[slug].format_map(_spoken(detail)) for slug, detail in cautions]


def _spoken(detail: Mapping[str, object]) -> dict[str, object]:
    """A place is kept as its code and said by its name, a quantity as its slug; a unit behind a number is set
    as on every page."""
    places = {name: area_of(str(detail[name])) for name in ("region", "plant") if name in detail}
    quantities = {name: quantity_name(str(detail[name])) for name in ("field",) if name in detail}
    stages = {name: str(word(f"stage.{detail[name]}")) for name in ("stage",) if name in detail}
    measured = {
        name: unit_text(told)
        for name, told in detail.items()
        if isinstance(told, str) and MEASURED.fullmatch(told)
    }
    return {**detail, **measured, **places, **quantities, **stages}


def choice_name(quantity: str, choice: str) -> str:
    """What may be chosen is a slug with a word, or a formula that is its own."""
    return str(word(f"{quantity}.{choice}")) if known(f"{quantity}.{choice}") else choice


def hint_of(field: Field) -> str:
    """The units of a quantity and what it usually is."""
    if not isinstance(field, Measured):
        return ""
    offered = str(word("hint.units")).format(units="、".join(field.units))
    bare = [str(word("hint.bare")).format(units="、".join(field.bare))] if field.bare else []
    usual = [str(word("hint.usual")).format(usual=usual, source=usual.source) for usual in field.usual]
    return "；".join([*bare, offered, *usual])


def quantity_name(box: str) -> str:
    """What a quantity is called, by its box: `ncv-unit`, or `legs-0-distance` of the first leg."""
    parts = [part for part in box.removesuffix("-unit").split("-") if part]
    called = [str(word(f"quantity.{part}")) for part in parts if known(f"quantity.{part}")]
    numbers = [str((ids.number(part) or 0) + 1) for part in parts if part.isdecimal()]
    return " ".join([*called[:1], *numbers, *called[1:]])
