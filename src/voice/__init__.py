"""Voice: co-production surveys and feedback, from an answer to “You said, we did”."""
