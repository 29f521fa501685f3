"""Training records of the demonstration's evaluators; one of them ends soon, so that the warning is seen."""

from datetime import date

from accounts.models import User
from core.db import db
from registers.models import Training

COURSES = (
    ("产品碳足迹核查实务（演示）", 16, date(2025, 2, 15), date(2027, 2, 14)),
    ("现场核查与证据取得（演示）", 24, date(2026, 3, 2), date(2029, 3, 1)),
)


def record(user: User, body_id: int) -> None:
    for course, hours, passed_on, until in COURSES:
        db.session.add(
            Training(
                user_id=user.id,
                body_id=body_id,
                course=course,
                provider="示例培训中心（演示）",
                hours=hours,
                valid_from=passed_on,
                valid_to=until,
            )
        )
