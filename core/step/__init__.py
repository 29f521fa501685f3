"""The form, the fields, the API shape and the door of a step, the same for every office."""
