"""Two people for what gives or takes money, credit, honour, rating or access: one proposes, another approves."""
