"""What may be asked of certification; each question is told who asks."""
