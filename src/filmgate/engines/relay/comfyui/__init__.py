"""ComfyUI as an upstream: a workflow of the operator's is a model."""
