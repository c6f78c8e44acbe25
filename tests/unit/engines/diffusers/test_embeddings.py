"""Prompts are encoded once."""

from filmgate.engines.diffusers.embeddings import Remembering, forget, remember


class Pipe:
    def __init__(self) -> None:
        self.calls = 0

    def encode_prompt(self, prompt: object, **_: object) -> tuple[object, int]:
        self.calls += 1
        return prompt, self.calls


def test_the_same_question_has_the_same_answer() -> None:
    pipe = Pipe()
    remember(pipe)
    first = pipe.encode_prompt("a", length=512)
    assert pipe.encode_prompt("a", length=512) is first
    assert pipe.encode_prompt("a", length=226) is not first
    assert pipe.encode_prompt(["a", "b"]) is pipe.encode_prompt(["a", "b"])


def test_what_is_not_plain_passes_through() -> None:
    pipe = Pipe()
    remember(pipe)
    pipe.encode_prompt("a", image=object())
    pipe.encode_prompt("a", image=[object()])
    pipe.encode_prompt("a", image=object())
    assert pipe.calls == 3


def test_only_so_many_are_kept() -> None:
    pipe = Pipe()
    memory = Remembering(pipe.encode_prompt, kept=2)
    for prompt in "abacab":
        memory(prompt)
    assert pipe.calls == 4


def test_it_can_be_made_to_forget() -> None:
    pipe = Pipe()
    remember(pipe)
    pipe.encode_prompt("a")
    forget(pipe)
    pipe.encode_prompt("a")
    assert pipe.calls == 2
    forget(object())
    remember(object())
