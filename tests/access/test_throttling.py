"""Who guesses is slowed down; who has the right password is let in, whatever others do from elsewhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from homeward.access import attempts
from homeward.access.actions import replace_password
from homeward.access.attempts import Claimant, TooSoonError, begin, succeeded
from homeward.access.models import SignInCount, User
from homeward.access.pace import ATTACKED_ABOVE
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event

pytestmark = pytest.mark.django_db
ATTACKER, OFFICE, HOTEL = "203.0.113.9", "198.51.100.1", "192.0.2.77"


class Clock:
    """The time, which passes only when it is told to."""

    def __init__(self) -> None:
        self.moment = timezone.now()

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """A clock for the counts of attempts."""
    found = Clock()
    monkeypatch.setattr(attempts.timezone, "now", found)
    yield found
    monkeypatch.undo()


def sign_in(email: str, password: str, *, address: str, client: Client | None = None) -> str:
    """Returns "in", "wrong" or "too soon"."""
    given = {"login": email, "password": password}
    response = (client or Client()).post(reverse("account_login"), given, REMOTE_ADDR=address)
    if response.status_code == 302:
        return "in"
    return "too soon" if "Too many failed attempts" in response.content.decode() else "wrong"


def guess(email: str, *, address: str, times: int) -> list[str]:
    return [sign_in(email, f"guess {number}", address=address) for number in range(times)]


def test_guesser__waits_longer_and_longer_even_with_the_right_password(
    alice: User, password: str, clock: Clock
) -> None:
    assert guess(alice.email, address=ATTACKER, times=7) == ["wrong"] * 5 + ["too soon"] * 2
    assert sign_in(alice.email, password, address=ATTACKER) == "too soon"
    clock.passes(seconds=6)
    assert guess(alice.email, address=ATTACKER, times=2) == ["wrong", "too soon"]
    clock.passes(seconds=6)
    assert guess(alice.email, address=ATTACKER, times=1) == ["too soon"]  # ten seconds now
    clock.passes(seconds=6)
    assert sign_in(alice.email, password, address=ATTACKER) == "in"


def test_attacker__locks_nobody_out(alice: User, password: str) -> None:
    guess(alice.email, address=ATTACKER, times=60)

    assert sign_in(alice.email, password, address=OFFICE) == "in"
    assert sign_in(alice.email, password, address=ATTACKER) == "too soon"


def test_attacker_with_many_addresses__locks_nobody_out_and_loses_the_free_guesses(alice: User, password: str) -> None:
    for number in range(ATTACKED_ABOVE + 1):
        assert guess(alice.email, address=f"203.0.113.{number}", times=1) == ["wrong"]

    assert guess(alice.email, address=ATTACKER.replace("9", "200"), times=2) == ["wrong", "too soon"]
    assert sign_in(alice.email, password, address=HOTEL) == "in"
    assert Event.objects.filter(action="access.account_attacked", subject=f"person:{alice.code}").count() == 1


def test_known_browser__is_slowed_by_nobody_at_the_same_address(alice: User, bob: User, password: str) -> None:
    desk = Client()
    assert sign_in(alice.email, password, address=OFFICE, client=desk) == "in"
    desk.post(reverse("account_logout"))
    for number in range(40):
        guess(f"nobody{number}@example.org", address=OFFICE, times=1)
        guess(alice.email, address=OFFICE, times=1)

    assert sign_in(bob.email, password, address=OFFICE) == "too soon"  # the address has tried too many names
    assert sign_in(bob.email, password, address=HOTEL) == "in"
    assert sign_in(alice.email, "a slip", address=OFFICE, client=desk) == "wrong"
    assert sign_in(alice.email, password, address=OFFICE, client=desk) == "in"


def test_known_browser__has_a_pace_of_its_own_and_opens_nothing(alice: User, bob: User, password: str) -> None:
    desk = Client()
    sign_in(alice.email, password, address=OFFICE, client=desk)
    desk.post(reverse("account_logout"))

    told = [sign_in(alice.email, "guess", address=HOTEL, client=desk) for _ in range(6)]
    assert told == ["wrong"] * 5 + ["too soon"]
    assert sign_in(alice.email, password, address=HOTEL) == "in"
    assert sign_in(bob.email, "guess", address=HOTEL, client=desk) == "wrong"
    assert SignInCount.objects.filter(counted="device").count() == 1  # Alice's cookie says nothing about Bob


def test_known_browser__is_a_stranger_after_a_new_password(alice: User, password: str) -> None:
    desk = Client()
    sign_in(alice.email, password, address=OFFICE, client=desk)
    desk.post(reverse("account_logout"))
    replace_password(user=alice, password="another long walk home", without_second_factor=False, by=SYSTEM)

    sign_in(alice.email, "guess", address=OFFICE, client=desk)
    assert not SignInCount.objects.filter(counted="device").exists()


def test_own_success__does_not_pay_for_guesses_at_others(charlie: User, password: str, clock: Clock) -> None:
    for number in range(25):
        guess(f"somebody{number}@example.org", address=ATTACKER, times=1)
        sign_in(charlie.email, password, address=ATTACKER)

    assert guess("one.more@example.org", address=ATTACKER, times=1) == ["too soon"]


def test_success__forgets_the_slips_before_it(alice: User, password: str) -> None:
    for _ in range(6):
        assert guess(alice.email, address=OFFICE, times=3) == ["wrong"] * 3
        assert sign_in(alice.email, password, address=OFFICE) == "in"


def test_counts__are_forgotten_after_a_day_and_name_nobody(alice: User, clock: Clock) -> None:
    guess(alice.email, address=ATTACKER, times=6)
    stored = str(list(SignInCount.objects.values()))
    assert alice.email not in stored
    assert ATTACKER not in stored

    clock.passes(days=1, seconds=1)
    assert guess(alice.email, address=ATTACKER, times=5) == ["wrong"] * 5
    clock.passes(days=2)
    guess("bob@example.org", address=OFFICE, times=1)
    assert SignInCount.objects.count() == 3


def test_sign_in__tells_a_stranger_not_whether_an_account_exists(alice: User) -> None:
    for number in range(8):
        pages = []
        for email in (alice.email, "nobody@example.org"):
            given = {"login": email, "password": f"guess {number}"}
            page = Client().post(reverse("account_login"), given, REMOTE_ADDR=f"203.0.113.{len(email)}")
            pages.append(page.content.decode().replace(email, "EMAIL"))
        tokens = [page.split('name="csrfmiddlewaretoken" value="')[1][:64] for page in pages]
        assert pages[0].replace(tokens[0], "") == pages[1].replace(tokens[1], "")


def test_failures__are_journalled_without_what_was_typed(alice: User) -> None:
    guess(alice.email, address=ATTACKER, times=8)
    guess("typed-by-mistake@example.org", address=ATTACKER, times=1)

    events = list(Event.objects.all())
    assert [event.action for event in events] == ["access.sign_in_failed"] * 5 + [
        "access.sign_in_slowed",
        "access.sign_in_failed",
    ]
    assert {event.subject for event in events} == {f"person:{alice.code}", "sign_in"}
    assert {event.organisation for event in events} == {"bureau-of-alpha", ""}
    assert events[5].data == {"what": "password", "address": ATTACKER, "known_device": False, "seconds": 5}
    assert events[0].data | {"failures": 1} == events[0].data
    assert not any("mistake" in str(event.data) + event.subject for event in events)


def test_refused_attempts__are_told_with_the_next_that_is_tried(alice: User, clock: Clock) -> None:
    guess(alice.email, address=ATTACKER, times=12)
    clock.passes(minutes=1)
    guess(alice.email, address=ATTACKER, times=1)

    failed = Event.objects.filter(action="access.sign_in_failed").latest("sequence")
    assert failed.data["refused_before"] == 7


def test_many_attempts_at_once__are_as_many_failures(alice: User) -> None:
    claimant = Claimant(account="password:alice@example.org", address=ATTACKER)
    begun = [begin(claimant) for _ in range(5)]  # none of them has been answered yet

    with pytest.raises(TooSoonError):
        begin(claimant)
    succeeded(begun[0])
    assert begin(claimant).failures == 1


def test_second_factor_and_old_password__cannot_be_guessed(client: Client, alice: User, password: str) -> None:
    TOTP.activate(alice, generate_totp_secret())
    client.post(reverse("account_login"), {"login": alice.email, "password": password})
    pages = [client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}).content.decode() for n in range(6)]
    assert ["Too many failed attempts" in page for page in pages] == [False] * 5 + [True]
    assert Event.objects.filter(action="access.sign_in_failed").latest("sequence").data["what"] == "code"

    client.force_login(alice)
    change = {"password1": "another long walk home", "password2": "another long walk home"}
    pages = [
        client.post(reverse("account_change_password"), change | {"oldpassword": f"guess {n}"}).content.decode()
        for n in range(6)
    ]
    assert ["Too many failed attempts" in page for page in pages] == [False] * 5 + [True]
