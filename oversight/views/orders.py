"""What the regulator orders of a body about one certificate, and what became of it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from certification.aftercare.operations.ordered import order
from certification.aftercare.queries import ordered
from certification.aftercare.shapes import order as told
from core.step.door import try_begin
from oversight.forms import OrderForm
from oversight.views.reading import a_regulator, bp, leave_a_trace


@bp.get("/certificates/<number>/orders")
def orders(number: str) -> ResponseReturnValue:
    actor = a_regulator()
    ordered.certificate_of(actor, number)
    leave_a_trace(actor, f"certificate/{number}/orders")
    return _page(number, OrderForm(formdata=None))


@bp.post("/certificates/<number>/orders")
def give_order(number: str) -> ResponseReturnValue:
    actor, form = a_regulator(), OrderForm()
    found = ordered.certificate_of(actor, number)
    made = try_begin(form, lambda: order(found, actor, **form.facts()))
    if made is None:
        return _page(number, form, 422)
    return redirect(url_for("oversight.orders", number=number), 303)


def _page(number: str, form: OrderForm, status: int = 200) -> ResponseReturnValue:
    found = ordered.certificate_of(a_regulator(), number)
    given = list(map(told, ordered.orders(found)))
    return render_template("oversight/orders.html", certificate=found, orders=given, form=form), status
