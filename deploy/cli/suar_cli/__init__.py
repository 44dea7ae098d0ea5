"""The commands of `./suar` and what they share. Standard library only."""
