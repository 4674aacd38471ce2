"""Who the parties of the lines are, and which entries of the lists each may be: screened once per party and entry."""
