"""The second factor's arithmetic, against the vectors of the RFCs."""

import pytest

from voice.staff import totp

RFC = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(seconds, code):
    """Appendix B gives eight digits; the last six are what an app shows."""
    assert totp.code_at(RFC, seconds // totp.STEP) == code


def test_a_code_fits_half_a_minute_early_or_late_and_no_more():
    code = totp.code_at(RFC, 100)
    fits = [totp.step_of(RFC, code, now=step * 30 + 15, after=0) for step in range(97, 104)]
    assert fits == [None, None, 100, 100, 100, None, None]


def test_a_code_that_was_used_and_every_older_one_fit_no_more():
    now = 100 * 30
    assert totp.step_of(RFC, totp.code_at(RFC, 100), now=now, after=100) is None
    assert totp.step_of(RFC, totp.code_at(RFC, 99), now=now, after=100) is None
    assert totp.step_of(RFC, totp.code_at(RFC, 101), now=now, after=100) == 101


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34 5x"])
def test_what_is_no_code_fits_nothing(typed):
    assert totp.step_of(RFC, typed, now=3000, after=0) is None


def test_spaces_do_not_count():
    code = totp.code_at(RFC, 100)
    assert totp.step_of(RFC, f" {code[:3]} {code[3:]} ", now=3000, after=0) == 100


def test_a_sealed_secret_opens_for_its_person_and_key_only():
    sealed = totp.seal(b"k" * 40, RFC, 7)
    assert totp.unseal(b"k" * 40, sealed, 7) == RFC
    assert RFC not in sealed
    for key, person in ((b"x" * 40, 7), (b"k" * 40, 8)):
        with pytest.raises(Exception):  # noqa: B017, PT011  Whatever the library raises.
            totp.unseal(key, sealed, person)


def test_recovery_codes_are_all_different_and_read_however_they_are_typed():
    codes = totp.new_recovery_codes()
    assert len(set(codes)) == 8
    assert totp.recovery_sha256(codes[0].upper().replace("-", " ")) == totp.recovery_sha256(
        codes[0]
    )
