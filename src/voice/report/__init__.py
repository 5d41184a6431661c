"""Report: what one wave of a survey said, who said it and who is missing, safe to hand on."""
