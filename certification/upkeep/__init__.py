"""Whether everything signed still reads as it was signed, and spelling anew what no paper shows."""
