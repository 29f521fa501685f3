"""Steps of a staff function that need no gate, each with the reason."""

A_SAMPLE_IS_MOVED = "a sample is moved, kept or looked after; nothing is judged of it"
NEEDS_NO_GATE = (
    {
        ("sample", "accept_order"): "the laboratory takes on an order; who tests passes the gate",
        ("sample", "decline_order"): "the laboratory takes on no order",
        ("sample", "draw"): "drawn on site by the team, which passed the gate when it was named",
        ("sample", "doubt"): "a doubt stops the sample; the body resolves it",
        ("sample", "resume"): "a sample in doubt goes back to the laboratory; its results are judged there",
        ("sample", "replace"): "another sample takes the place of one in doubt",
    }
    | {
        ("competence", name): "of no case: the hands that tend people are kept apart by guards of its own"
        for name in ("approve", "decline", "suspend", "resume", "terminate")
    }
    | {
        ("sample", name): A_SAMPLE_IS_MOVED
        for name in ("send", "dispatch", "hand_over", "receive", "retain", "dispose")
    }
)
