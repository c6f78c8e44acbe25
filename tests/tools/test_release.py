import subprocess
import sysconfig
import tarfile
from pathlib import Path

import pytest

from tools import release

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that may be released."""
    (tmp_path / "src" / "filmgate").mkdir(parents=True)
    (tmp_path / "src" / "filmgate" / "__init__.py").write_text(
        '"""Films."""\n__version__ = "1.2.3"\n'
    )
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changes\n\n## 1.2.3 - 2026-01-31\n\n## 1.2.2 - 2026\n"
    )
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "All"]):
        who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
        subprocess.run(["git", *who, *command], cwd=tmp_path, check=True)
    return tmp_path


def test_what_fits_is_taken(root: Path) -> None:
    release.refuse_unfit_tree(root)
    assert release.refuse_unfit_version(root) == "1.2.3"


@pytest.mark.parametrize(
    ("top", "why"),
    [
        ("## Unreleased", "name what is unreleased: ## 1.2.3"),
        ("## 1.3.0 - 2026-01-31", "says 1.3.0, __version__ is 1.2.3"),
        ("## 1.2.3", "no date"),
        ("## 1.2.3 - soon", "no date"),
        ("", "name what is unreleased"),
    ],
)
def test_a_changelog_of_something_else_is_refused(root: Path, top: str, why: str) -> None:
    (root / "CHANGELOG.md").write_text(f"# Changes\n\n{top}\n")
    with pytest.raises(release.Unfit, match=why):
        release.refuse_unfit_version(root)


def test_a_version_that_is_none_is_refused(root: Path) -> None:
    (root / "src" / "filmgate" / "__init__.py").write_text('__version__ = "1.2-next"\n')
    (root / "CHANGELOG.md").write_text("## 1.2-next - 2026-01-31\n")
    with pytest.raises(release.Unfit, match="is no version"):
        release.refuse_unfit_version(root)


def test_a_dirty_tree_is_refused(root: Path) -> None:
    (root / "new.txt").write_text("")
    with pytest.raises(release.Unfit, match="not committed"):
        release.refuse_unfit_tree(root)


def test_a_version_is_released_once(root: Path) -> None:
    release.git(root, "tag", "v1.2.3")
    with pytest.raises(release.Unfit, match="already"):
        release.refuse_unfit_tree(root)


def test_the_refusal_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> str:
        raise release.Unfit("not today")

    monkeypatch.setattr(release, "refuse_unfit_version", refuse)
    assert release.main([]) == 1
    assert capsys.readouterr().err == "not to be released: not today\n"


@pytest.mark.process
def test_what_is_built_works_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dependencies are those of this environment, so that nothing is fetched."""
    built = release.build(ROOT, tmp_path, "--no-isolation")
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"constraints.txt", "Makefile", "README.zh-CN.md", "tools/release.py"} <= names
    monkeypatch.setenv("PYTHONPATH", sysconfig.get_path("purelib"))
    release.try_wheel(built.wheel, install=["--no-deps", "--no-index"])
