"""Open weights through Hugging Face diffusers: real models, in a worker process of their own.

What can be known from a model's folder alone is read as JSON, without torch: `folder`, `families`
and `presets` (data), `law`, `cards`, `plan`, `weights`, `memory`. What runs a model imports torch
and diffusers when it is called: `loading`, `calling`, `recovery`, `loras`, `residency`, `engine`.
"""
