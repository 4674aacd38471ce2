"""A shell completes commands, options and ids of rules, without the database and at once."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.command import EARSHOT

SHELLS = ("bash", "zsh", "fish", "pwsh")


def completed(*typed: str, home: Path) -> list[str]:
    """Return what bash would offer for the last word that was typed."""
    words = {"COMP_WORDS": " ".join(("earshot", *typed)), "COMP_CWORD": str(len(typed))}
    asked = os.environ | words | {"_EARSHOT_COMPLETE": "complete_bash", "EARSHOT_HOME": str(home)}
    done = subprocess.run([EARSHOT], env=asked, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout.split()


def test_commands_options_and_ids_of_rules_are_completed(tmp_path: Path) -> None:
    assert completed("ni", home=tmp_path) == ["nightly"]
    assert completed("rules", "sh", home=tmp_path) == ["show"]
    assert "--known-at" in completed("screen", "--", home=tmp_path)
    assert completed("impact", "pakistan", home=tmp_path) == ["pakistan-rs"]
    assert "ccl-at" in completed("dispose", "--rule", "ccl-", home=tmp_path)
    (tmp_path / "rules" / "controls" / "pakistan-own").mkdir(parents=True)
    (tmp_path / "rules" / "controls" / "pakistan-own" / "rule.yml").touch()
    assert completed("impact", "pakistan", home=tmp_path) == ["pakistan-own"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_the_script_for_bash_completes_in_bash(tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    shown = {"_EARSHOT_COMPLETE": "source_bash"}
    done = subprocess.run([EARSHOT], env=os.environ | shown, capture_output=True, text=True, check=True, timeout=60)
    script.write_text(done.stdout)
    asked = f"""
        source {script}
        COMP_WORDS=(earshot ve); COMP_CWORD=1
        function_name=$(complete -p earshot | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function_name earshot ve earshot
        echo "${{COMPREPLY[@]}}"
    """
    within = os.environ | {"PATH": f"{EARSHOT.parent}{os.pathsep}{os.environ['PATH']}"}
    typed = subprocess.run(["bash", "-c", asked], env=within, capture_output=True, text=True, check=True, timeout=60)
    assert typed.stdout.split() == ["verify"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_its_script(shell: str) -> None:
    name = "powershell" if shell == "pwsh" else shell
    shown = os.environ | {"_EARSHOT_COMPLETE": f"source_{name}"}
    done = subprocess.run([EARSHOT], env=shown, capture_output=True, text=True, check=False, timeout=60)
    assert "earshot" in done.stdout.lower(), done
