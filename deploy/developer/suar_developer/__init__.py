"""What a developer of this project needs: the gates and the tests. Never part of an image."""
