"""The tests of Earshot. What its helpers assert is told as fully as what its tests assert."""

import pytest

pytest.register_assert_rewrite("tests.support")
