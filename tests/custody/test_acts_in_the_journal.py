"""The act of a handover whose event stands in the journal of an installation, up to a checkpoint that it signed."""

from tests.custody.acts_made import INSTALLATION, an_act, signed

from homeward.custody.act_verification import fingerprint, verify_act
from homeward.custody.acts import ACTION, act_file, event_data
from homeward.journal.actions import sign_checkpoint, write
from homeward.journal.actors import SYSTEM
from homeward.journal.checkpoints import public_key_text
from homeward.journal.queries import chain_events, signed_checkpoint


def test_an_act_whose_event_stands_in_the_journal__holds(db: None) -> None:
    act = an_act()
    signatures = signed(act)
    write(by=SYSTEM, action="record.loaded", subject="record", data={})
    own = write(by=SYSTEM, action=ACTION, subject="handover:4827109359", data=event_data(act, signatures))
    write(by=SYSTEM, action="record.loaded", subject="record", data={"who": "Charlie"})
    checkpoint = signed_checkpoint(sign_checkpoint(by=SYSTEM, key=INSTALLATION))
    events = [event for event in chain_events() if own.sequence <= event.sequence <= checkpoint.sequence]

    raw = act_file(act, signatures, events=events, checkpoint=checkpoint)

    verified = verify_act(raw, place="act.json")
    assert verified.fingerprint == fingerprint(public_key_text(INSTALLATION.public_key()))
    assert len(events) == 2
    assert b"Charlie" not in raw
