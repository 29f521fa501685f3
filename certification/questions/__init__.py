"""What is asked about the activity data of a case: asked, answered in place, settled."""
