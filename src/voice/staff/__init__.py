"""Staff: who may sign in, and what each of them may do."""
