"""The shape of what is typed on the pages of certification, one file per noun."""
