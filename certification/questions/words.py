"""The words of questions."""

from core.i18n import _l
from core.words import Word

WORDS = {
    "question.state.asked": Word(_l("还没有答复"), "warn", "info"),
    "question.state.answered": Word(_l("已答复"), "info", "check"),
    "question.state.accepted": Word(_l("已接受说明"), "ok", "check"),
    "question.state.counted": Word(_l("已认可扣减依据"), "ok", "check"),
    "question.state.raised": Word(_l("已开出不符合"), "stop", "flag"),
    "question.state.gone": Word(_l("数据已改，不再问"), "wait", "minus"),
    "question.step.explain": Word(_l("答复"), "info", "send"),
    "question.step.accept_answer": Word(_l("接受说明"), "ok", "check"),
    "question.step.accept_ground": Word(_l("认可扣减依据"), "ok", "check"),
    "question.step.withdraw_ground": Word(_l("撤回认可"), "warn", "undo"),
    "question.step.raise_finding": Word(_l("开出不符合"), "stop", "flag"),
    "question.step.lay_aside": Word(_l("撤回问题"), "wait", "minus"),
    "record.question": Word(_l("数据疑问")),
    "part.questions": Word(_l("数据疑问")),
    "part.none_asked": Word(_l("没有必须说明的"), "ok", "check"),
    "part.all_settled": Word(_l("都已处理"), "ok", "check"),
    "part.still_asked": Word(_l("还有没处理的"), "warn", "flag"),
    "refusal.question-unanswered": Word(_l("活动数据有必须说明的问题还没有答复，请逐项答复或改正数据")),
    "refusal.question-open": Word(_l("活动数据有必须说明的问题还没有处理：接受说明，或开出不符合")),
    "refusal.ground-is-accepted": Word(_l("从碳足迹里扣减的，不能只接受说明：认可扣减依据，或开出不符合")),
    "refusal.not-a-ground": Word(_l("这个问题问的不是扣减依据")),
    "refusal.ground-without-file": Word(_l("扣减依据没有证明文件：这一行和答复都没有附文件")),
    "refusal.file-not-of-the-case": Word(_l("请选择本案已经上传的文件")),
}
