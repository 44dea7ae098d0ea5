"""What several services know of agencies, units and people: the words of the field, and the reading of personnel."""
