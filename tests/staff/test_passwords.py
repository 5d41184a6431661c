"""What a password is compared with when nobody has the e-mail address."""

from voice.staff.passwords import HASHER, NOBODY


def test_it_takes_as_long_as_a_password_that_is_hashed_today():
    assert not HASHER.check_needs_rehash(NOBODY)
