"""What the API is handed with every step."""

from core.api import Body, Text


class Facts(Body):
    """What is handed in with a step; members not given are left to the table to miss."""

    def facts(self) -> dict:
        return {name: getattr(self, name) for name in self.model_fields_set}


class Nothing(Facts):
    pass


class Reason(Facts):
    reason: Text = ""


class Signed(Reason):
    signed: bool = False
