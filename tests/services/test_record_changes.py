"""What a change of a record comes to: forth, back, and forth again."""

from __future__ import annotations

from liaison_desk.domain.record import with_values
from liaison_desk.domain.topic import Topic
from liaison_desk.services.record_changes import change_between, done_again, stamped, taken_back
from liaison_desk.store.repository import WHOLE, Deed, RecordChange

OWN, FOREIGN = "2026-03-09-own", "2026-03-08-theirs"
DEED = Deed(OWN, "2026-03-09T09:00:00", "李文书", "保存议题")
REMOVED = "2026-03-09T01:00:00+00:00"
TOPIC = Topic(id="a", office="b", name="停车难")


def change(before: Topic | None, after: Topic) -> RecordChange:
    found = change_between(before, after)
    assert found is not None
    return found


def test_only_what_differs_is_changed() -> None:
    found = change(TOPIC, with_values(TOPIC, {"name": "停车位"}))
    assert (found.before, found.after) == ({"name": "停车难"}, {"name": "停车位"})
    assert change_between(TOPIC, TOPIC) is None


def test_a_new_record_has_one_stamp_and_a_changed_one_a_stamp_for_each_field() -> None:
    assert stamped(change(None, TOPIC), OWN).stamps == {WHOLE: OWN}
    renamed = change(TOPIC, with_values(TOPIC, {"name": "停车位"}))
    assert stamped(renamed, OWN).stamps == {"name": OWN}


def test_a_change_of_this_desk_is_taken_back_and_done_again_with_new_stamps() -> None:
    done = stamped(change(TOPIC, with_values(TOPIC, {"name": "停车位"})), OWN)
    back = taken_back(done, DEED, REMOVED, {})
    assert (back.before, back.after, back.stamps) == (done.after, done.before, {})
    again = done_again(done, DEED)
    assert (again.before, again.after, again.stamps) == (done.before, done.after, {})


def test_a_new_record_goes_to_the_recycle_bin_and_comes_out_of_it() -> None:
    done = stamped(change(None, TOPIC), OWN)
    assert taken_back(done, DEED, REMOVED, {}).after == {"removed_at": REMOVED}
    assert done_again(done, DEED).after == {"removed_at": ""}


def test_what_came_from_another_desk_gets_its_old_stamps_back_and_keeps_its_own() -> None:
    done = stamped(change(TOPIC, with_values(TOPIC, {"name": "停车位"})), FOREIGN)
    earlier = {"a": {WHOLE: "2026-01-01-first"}}
    assert taken_back(done, DEED, REMOVED, earlier).stamps == {"name": "2026-01-01-first"}
    assert taken_back(done, DEED, REMOVED, {}).stamps == {"name": ""}
    assert done_again(done, DEED).stamps == {"name": FOREIGN}
