"""The kernel's counter of what it killed for want of memory."""

from pathlib import Path

import pytest

from filmgate.processes.memory import MemoryKills, own_counters

V2 = "low 0\nhigh 0\nmax 0\noom 1\noom_kill {}\noom_group_kill 0\n"
V1 = "oom_kill_disable 0\nunder_oom 0\noom_kill {}\n"


@pytest.mark.parametrize("words", [V2, V1])
def test_a_kill_is_noticed_once(tmp_path: Path, words: str) -> None:
    counter = tmp_path / "memory.events"
    counter.write_text(words.format(3))
    kills = MemoryKills((counter,))
    assert not kills.has_risen(), "what was before this process is not its children's"
    counter.write_text(words.format(4))
    assert kills.has_risen()
    assert not kills.has_risen()


def test_where_nothing_counts_nothing_is_noticed(tmp_path: Path) -> None:
    assert not MemoryKills((tmp_path / "none",)).has_risen()


def test_the_first_counter_that_there_is_counts(tmp_path: Path) -> None:
    counter = tmp_path / "memory.events"
    counter.write_text(V2.format(0))
    kills = MemoryKills((tmp_path / "none", counter))
    counter.write_text(V2.format(1))
    assert kills.has_risen()


def test_the_group_of_this_process_is_looked_for(tmp_path: Path) -> None:
    own, groups = tmp_path / "cgroup", tmp_path / "groups"
    own.write_text("5:cpu,memory:/docker/abc\n0::/system.slice/filmgate.service\n")
    assert own_counters(own, groups) == (
        groups / "memory" / "docker/abc" / "memory.oom_control",
        groups / "system.slice/filmgate.service" / "memory.events",
        groups / "memory.events",
        groups / "memory" / "memory.oom_control",
    )
