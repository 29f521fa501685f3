"""What an officer looked at before a purchase, why each was taken or left, and whether it holds."""
