"""A certificate recertified in good time: the new one is issued, signed, and waits for the old one to end."""

from dataclasses import replace
from datetime import timedelta

from certification.workflow.purpose import recertification_until
from core import clock
from core.db import db
from demo import products
from demo.load import SHOWN, furnish
from demo.road import Road, Say
from demo.stories.life import check, issued, on, page, recertify, successor, tell

SINCE = timedelta(days=1000)  # the last punctual day to ask lies behind us, the last day of the old one ahead


def succession(say: Say) -> dict[str, object]:
    cast = furnish()
    with clock.travel(clock.today() - SINCE):
        product = replace(next(products.invented(1, seed=27)), client=SHOWN, name="抛釉砖（提前再认证演示）")
        road = Road(cast, product)
        road.to("certified")
        db.session.commit()
        certificate = issued(road)
        tell(say, "发证", certificate)
    for row in certificate.surveillance:
        on(row.window_from + timedelta(days=90), say, check, road, row)
    on(recertification_until(certificate), say, recertify, road, certificate)
    new = successor(certificate)
    say(f"   新证书自 {new.begins_on} 起生效，旧证书有效到 {certificate.valid_to}  {page(new)}")
    return {
        "story": "succession",
        "certificate": certificate.number,
        "replaced_by": new.number,
        "begins_on": new.begins_on.isoformat(),
        "states": [certificate.state, new.state],
    }
