"""What moderators see and do: the queue of what waits, reports, histories, suspensions. Its buttons are the verbs of each noun."""
