"""What counts as naming a promise: the name of a test or the id of one of its cases, and nothing said beside them."""

from tests.requirements.ledger import python_tests

DOMAIN = "tests/backend/domain"


def test_a_test_names_a_promise_in_its_name_but_not_in_words_about_it():
    file = f"{DOMAIN}/test_callback_window.py"
    assert set(python_tests(file)) == {("R-178", f"{file}::test_r_178_who_did_the_job_does_not_call")}


def test_a_case_names_promises_in_its_id():
    file = f"{DOMAIN}/test_guards.py"
    found = list(python_tests(file))
    assert [test for one, test in found if one == "R-126"] == [
        f"{file}::test_a_guard_decides[G-17 R-126 {case}]" for case in ("not asked", "rated", "asked and declined")
    ]
    assert ("R-127", f"{file}::test_a_guard_decides[G-16 R-122 R-127 no signature]") in found
