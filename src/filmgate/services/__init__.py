"""The verbs: one method, one use case, one transaction."""
