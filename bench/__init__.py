"""What is measured, each figure beside its peer from the same run."""
