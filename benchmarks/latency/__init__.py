"""How long a negative article takes from its outlet to the mailbox, and what that costs the outlets."""
