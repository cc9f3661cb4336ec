"""Attempts to sign in, counted in the database, so that every worker and process knows of every attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from homeward.access.models import SignInCount
from homeward.access.pace import ATTACKED_ABOVE, PACES, Counted, pace_of
from homeward.journal.actions import write
from homeward.journal.actors import SystemActor

__all__ = ["Attempt", "Claimant", "TooSoonError", "begin", "failed", "succeeded"]

_FORGET_AT_A_TIME = 100


class TooSoonError(Exception):
    """An attempt that was not even tried, because earlier ones failed; `wait` is how long to hold on."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait


@dataclass(frozen=True)
class Claimant:
    """Who somebody says they are, and from where: as typed, before anything is proved.

    `device` is the secret name of a browser that this account signed in with before, or nothing.
    """

    account: str
    address: str
    device: str = ""


@dataclass(frozen=True)
class Attempt:
    """An attempt that may be tried. It counts as failed from the start, so that a hundred at once are not one."""

    claimant: Claimant
    keys: Mapping[Counted, str]
    failures: int
    wait: timedelta
    refused_before: int
    account_just_attacked: bool


def begin(claimant: Claimant) -> Attempt:
    """Returns an attempt that may be tried now. Raises TooSoonError where it may not, whatever the password."""
    now = timezone.now()
    _forget_old(now)
    keys = _keys(claimant)
    wait: timedelta | None = None
    with transaction.atomic():
        rows = _locked(keys, now)
        waits = [row.not_before - now for row in rows.values() if row.not_before and row.not_before > now]
        first = rows[Counted.DEVICE if claimant.device else Counted.PAIR]
        if waits:
            wait = max(waits)
            SignInCount.objects.filter(pk=first.pk).update(refused=F("refused") + 1)
        else:
            attempt = _counted(claimant, keys, rows, first.refused, now)
    if wait is not None:
        raise TooSoonError(wait)
    return attempt


def succeeded(attempt: Attempt) -> None:
    """Takes back what `begin` counted, and forgets what this browser or this pair got wrong before."""
    own = {attempt.keys[kind] for kind in (Counted.DEVICE, Counted.PAIR) if kind in attempt.keys}
    others = set(attempt.keys.values()) - own
    with transaction.atomic():
        list(_in_order(attempt.keys))
        SignInCount.objects.filter(key__in=own).delete()
        # One less, and not none: else a guesser who signs in to an account of their own now and then guesses for ever.
        SignInCount.objects.filter(key__in=others, failures__gt=0).update(failures=F("failures") - 1, not_before=None)


def failed(attempt: Attempt, *, what: str, subject: str, organisation: str) -> None:
    """Journals that an attempt failed, and that somebody has to wait for it. What was typed stands nowhere.

    `what` is "password" or "code"; `subject` names the person whose account it was, or "sign_in" for no account.
    """
    by = SystemActor(organisation)
    told = {"what": what, "address": attempt.claimant.address, "known_device": bool(attempt.claimant.device)}
    counts = {"failures": attempt.failures, "refused_before": attempt.refused_before}
    with transaction.atomic():
        write(by=by, action="access.sign_in_failed", subject=subject, data=told | counts)
        if attempt.wait:
            data = told | {"seconds": int(attempt.wait.total_seconds())}
            write(by=by, action="access.sign_in_slowed", subject=subject, data=data)
        if attempt.account_just_attacked:
            data = {"what": what, "failures": ATTACKED_ABOVE + 1}
            write(by=by, action="access.account_attacked", subject=subject, data=data)


def _keys(claimant: Claimant) -> dict[Counted, str]:
    """Returns what to count under: digests, since who tried to sign in from where is itself personal data."""
    account, address = claimant.account, claimant.address
    if claimant.device:
        return {Counted.DEVICE: _digest(Counted.DEVICE, account, claimant.device)}
    return {
        Counted.ACCOUNT: _digest(Counted.ACCOUNT, account),
        Counted.ADDRESS: _digest(Counted.ADDRESS, address),
        Counted.PAIR: _digest(Counted.PAIR, account, address),
    }


def _digest(counted: Counted, *parts: str) -> str:
    return salted_hmac("homeward.access.attempts", "\n".join([counted.value, *parts]), algorithm="sha256").hexdigest()


def _locked(keys: Mapping[Counted, str], now: datetime) -> dict[Counted, SignInCount]:
    """Returns the counts, locked until the transaction ends; made where there are none."""
    new = [
        SignInCount(key=keys[counted], counted=counted.value, last=now)
        for counted in sorted(keys, key=lambda one: one.value)
    ]
    while True:  # a success elsewhere may forget a count between the two statements
        SignInCount.objects.bulk_create(new, ignore_conflicts=True)
        rows = {Counted(row.counted): row for row in _in_order(keys)}
        if rows.keys() == keys.keys():
            return rows


def _in_order(keys: Mapping[Counted, str]) -> QuerySet[SignInCount]:
    """Locks the counts in one order everywhere, so that two attempts never wait for each other in a ring."""
    return SignInCount.objects.select_for_update().filter(key__in=keys.values()).order_by("counted", "key")


def _forget_old(now: datetime) -> None:
    """Removes some counts that no longer count, so that an attacker of many addresses does not fill the database."""
    longest = max(pace.forgotten_after for pace in PACES.values())
    with transaction.atomic():
        old = SignInCount.objects.select_for_update(skip_locked=True).filter(last__lt=now - longest)
        SignInCount.objects.filter(pk__in=[row.pk for row in old[:_FORGET_AT_A_TIME]]).delete()


def _counted(
    claimant: Claimant, keys: Mapping[Counted, str], rows: Mapping[Counted, SignInCount], refused: int, now: datetime
) -> Attempt:
    for counted, row in rows.items():
        if row.last < now - PACES[counted].forgotten_after:
            row.failures = 0
        row.failures, row.refused, row.last = row.failures + 1, 0, now
    of_account = rows[Counted.ACCOUNT].failures if Counted.ACCOUNT in rows else 0
    longest = timedelta(0)
    for counted, row in rows.items():
        wait = pace_of(counted, failures_of_account=of_account).wait_after(row.failures)
        row.not_before = now + wait if wait else None
        row.save(update_fields=["failures", "refused", "last", "not_before"])
        longest = max(longest, wait)
    return Attempt(
        claimant=claimant,
        keys=keys,
        failures=rows[Counted.DEVICE if claimant.device else Counted.PAIR].failures,
        wait=longest,
        refused_before=refused,
        account_just_attacked=of_account == ATTACKED_ABOVE + 1,
    )
