"""Two people for an act that gives or takes money, credit, honour, rating or access: one proposes, another approves."""
