"""What `earshot doctor` looks at: the programs, the home, its database and its nights. Nothing is changed."""
