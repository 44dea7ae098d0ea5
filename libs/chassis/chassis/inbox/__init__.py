"""The inbox: applies delivered events exactly once in effect, and retries or parks those that fail."""
