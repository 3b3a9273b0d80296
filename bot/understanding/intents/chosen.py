"""What a number means that somebody chose from the bot's list."""

from __future__ import annotations

import re

from bot.understanding.intents import words
from bot.understanding.values import Context, Intent, WorkplaceStatus

_NOT_WORKING = re.compile(
    r"没(?:有)?(?:做|干|上|在|得|班|活|工)|不(?:在|做|干)(?!岗位)|没$|没有$|离(?:职|开|了)|失业|待业|下岗|歇在|闲|辞|"
    r"^(?:否|无|不是|没得)$"
)
_CHANGED = re.compile(r"换|别的|另|新(?:岗位|单位|工作)|调|跳")
_ON_LEAVE = re.compile(r"假|休息|暂时|歇几天")
_UNPAID = re.compile(r"工[资钱](?!.{0,3}[高低])|欠|拖|投诉|扣")
_REFUSES = re.compile(r"不(?!再)|先不|保留|以后|没有|否|算了|取消$")
_STOPS = re.compile(r"不再|不用|不要|不接|不收|停|退|取消|否|^不")
# A menu's entry by its words, in the order in which they are looked for.
_MENU: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    ("talk_to_human", re.compile(r"人工|真人|工作人员|干部|打电话|客服|联络员")),
    ("delete_my_data", re.compile(r"删|注销|清除")),
    ("unsubscribe", re.compile(r"不再|停止|退订|不想再?收|不收消息|免打扰")),
    ("complain_wages", re.compile(r"投诉|欠薪|反映|没拿到|拖欠|维权|举报|押金|出了问题")),
    ("report_unemployed", re.compile(r"没(?:有)?(?:工作|上班|活)|失业|丢了?工作")),
    ("update_profile", re.compile(r"改|更新|修改|换(?:电话|号)")),
    ("training", re.compile(r"学|培训|课|手艺班")),
    ("policy_question", re.compile(r"政策|补贴|补助|社保|低保|养老|医保")),
    ("register", re.compile(r"登记|录入|注册|建档")),
    ("find_job", re.compile(r"找|岗位|招工|活路?|工作|上班")),
)
# What a plain yes or no is about, by the subject of the question.
_SUBJECTS: dict[str, Intent] = {
    "course": "training",
    "register": "register",
    "change": "update_profile",
    "search": "find_job",
    "policy": "policy_question",
}
OFFERS = ("offers", "vacanc", "suggestions", "jobs")


def intent_of_choice(number: int, context: Context) -> tuple[Intent, WorkplaceStatus | None]:
    """Return the intent of a chosen number, and the state of the job where it was asked.

    0 is always a person. A number that was not offered is `other`, after a check-in
    `checkin_reply` without a state.
    """
    if number == 0:
        return "talk_to_human", None
    label = dict(context.options).get(number)
    subject = (context.question or "menu").partition(".")[0]
    if subject == "check_in":
        return _of_status(label)
    if label is None:
        return "other", None
    if subject.startswith(OFFERS):
        return "apply", None
    if subject == "delete":
        return ("other" if _REFUSES.search(label) else "delete_my_data"), None
    if subject == "subscription":
        return ("unsubscribe" if _STOPS.search(label) else "other"), None
    return _of_menu(label, subject), None


def status_of_label(label: str) -> WorkplaceStatus:
    """Return the state of the present job that a check-in's choice names."""
    if _ON_LEAVE.search(label):
        return "on_leave"
    if _CHANGED.search(label):
        return "changed"
    if _NOT_WORKING.search(label) or words.UNEMPLOYED.search(label):
        return "not_working"
    return "working"


def _of_status(label: str | None) -> tuple[Intent, WorkplaceStatus | None]:
    if label is None:
        return "checkin_reply", None
    if _UNPAID.search(label):
        return "complain_wages", None
    status = status_of_label(label)
    return ("report_unemployed" if status == "not_working" else "checkin_reply"), status


def _of_menu(label: str, subject: str) -> Intent:
    said = next((intent for intent, pattern in _MENU if pattern.search(label)), None)
    about = _SUBJECTS.get(subject)
    if about is not None and said not in ("talk_to_human", "unsubscribe", "delete_my_data"):
        return about
    return said or "other"
