from __future__ import annotations

import io

import pytest

from bot.channels.telegram.intake import Intake
from bot.messages import Inbound
from tests.channels.telegram.shapes import (
    CHAT,
    GROUP,
    NUMBER,
    Json,
    file,
    group,
    membership,
    message,
    person,
    press,
)

PHOTO = [file(width=90, height=90), {**file(width=900, height=900), "file_id": "F2"}]
VIDEO = file(width=9, height=9, duration=3)
STICKER = file(width=9, height=9, is_animated=False, is_video=False, type="regular")
OWN = {"phone_number": "+8613800138000", "first_name": "王", "user_id": CHAT}
OTHERS = {"phone_number": "13900139000", "first_name": "李"}


def inbound(**parts: object) -> Inbound:
    return Inbound(
        external_id=f"update:{NUMBER}",
        address=str(CHAT),
        sequence=NUMBER,
        **parts,  # type: ignore[arg-type]  # named as the fields are
    )


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (message(text="想找焊工"), inbound(text="想找焊工")),
        (message(text="Hello", language="en-GB"), inbound(text="Hello", language="en")),
        (message(text="hola", language="es"), inbound(text="hola")),
        (message(text="你好", language=None), inbound(text="你好")),
        (message(text="/start o_abc"), inbound(text="/start o_abc")),
        (message(text="/menu@wengong_bot"), inbound(text="/menu")),
        (message(text="/post@wengong_bot 招焊工"), inbound(text="/post 招焊工")),
        (message(text="找a@b.cn"), inbound(text="找a@b.cn")),
        (message(photo=PHOTO), inbound(media="photo", media_id="F2")),
        (
            message(photo=PHOTO, caption="老板不给钱"),
            inbound(text="老板不给钱", media="photo", media_id="F2"),
        ),
        (message(voice=file(duration=3)), inbound(media="voice", media_id="F1")),
        (message(sticker=STICKER), inbound(media="sticker", media_id="F1")),
        (message(video=VIDEO), inbound(media="video", media_id="F1")),
        (message(document=file()), inbound(media="document", media_id="F1")),
        (
            message(animation=VIDEO, document=file()),
            inbound(media="animation", media_id="F1"),
        ),
        (message(audio=file(duration=3)), inbound(media="audio", media_id="F1")),
        (
            message(video_note=file(duration=3, length=9)),
            inbound(media="video_note", media_id="F1"),
        ),
        (message(contact=OWN), inbound(phone="+8613800138000")),
        (message(contact=OTHERS), inbound(text="13900139000")),
        (
            message(location={"latitude": 31.1, "longitude": 104.4}),
            inbound(position=(31.1, 104.4)),
        ),
        (message(dice={"emoji": "🎲", "value": 3}), inbound(text="🎲")),
        (press("q:3:1"), inbound(button="q:3:1")),
        (press("a:apply:77", shown=False), inbound(button="a:apply:77")),
        (membership("kicked"), inbound(event="blocked")),
        (membership("member"), inbound(event="unblocked")),
    ],
)
def test_an_update_becomes_a_message(update: Json, expected: Inbound) -> None:
    assert Intake.read(update).inbound == expected


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": NUMBER},
        {"update_id": NUMBER, "edited_message": message(text="改了")["message"]},
        {"update_id": NUMBER, "poll_of_the_future": {"id": "1"}},
        {"update_id": NUMBER, "message": {"from": person()}},
        {"update_id": NUMBER, "message": "garbage"},
        {"update_id": NUMBER, "callback_query": []},
        message(pinned_message=message(text="旧的")["message"]),
        message(delete_chat_photo=True),
        membership("left", chat=group()),
    ],
)
def test_what_nobody_knows_is_ignored(update: Json) -> None:
    arrival = Intake.read(update)
    assert arrival.update_id == NUMBER
    assert arrival.inbound is None
    assert arrival.group is None


@pytest.mark.parametrize("data", ["q:1:1", None])
def test_a_press_is_acknowledged_even_where_it_means_nothing(data: str | None) -> None:
    assert Intake.read(press(data)).callback_id == "991"
    assert Intake.read(press(data, chat=group())).callback_id == "991"


@pytest.mark.parametrize(
    "update",
    [
        message(text="找活不？", chat=group()),
        message(photo=PHOTO, chat=group()),
        membership("member", chat=group()),
        membership("administrator", chat={**group(), "type": "supergroup"}),
    ],
)
def test_a_group_is_no_address(update: Json) -> None:
    if "administrator" in str(update):
        rights = (
            "can_be_edited is_anonymous can_manage_chat can_delete_messages can_post_stories "
            "can_manage_video_chats can_restrict_members can_promote_members can_change_info "
            "can_invite_users can_edit_stories can_delete_stories"
        )
        changed = update["my_chat_member"]
        assert isinstance(changed, dict)
        changed["new_chat_member"] |= dict.fromkeys(rights.split(), False)
    arrival = Intake.read(update)
    assert arrival.inbound is None
    assert arrival.group == GROUP


def test_a_press_in_a_group_is_no_message() -> None:
    arrival = Intake.read(press("q:1:1", chat=group()))
    assert arrival.inbound is None
    assert arrival.group is None


def test_an_unreadable_update_leaves_no_words_in_the_log(log_lines: io.StringIO) -> None:
    Intake.read({"update_id": NUMBER, "message": {"text": "我叫王秀兰"}})
    assert f"update:{NUMBER}" in log_lines.getvalue()
    assert "王秀兰" not in log_lines.getvalue()
