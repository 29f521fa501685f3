"""Excel there and back: workbooks that go out to be filled in, and how one that comes back is read."""
