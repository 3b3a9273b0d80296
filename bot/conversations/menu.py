"""The menus: what can be done in each role."""

from __future__ import annotations

import re

from bot.conversations.script import ALL_ROLES, Answer, Choice, Script
from bot.conversations.turn import Turn
from bot.conversations.worker.first_contact import is_stranger
from bot.understanding import choose
from storage.states import Role

script = Script("menu")

MENU_WORDS = re.compile(r"^\s*(?:菜单|主菜单|目录|首页|menu)[\s。!！]*$", re.I)
HELP_WORDS = re.compile(r"^\s*(?:帮助|怎么用|咋个用|help|\?|？)[\s。!！]*$", re.I)
EVERY_ROLE = (Role.WORKER, Role.ENTERPRISE, Role.OFFICER)
ENTERPRISE_STEPS = {
    "post": "vacancy_posting.start",
    "list": "vacancy_list.show",
    "applicants": "applicants.show",
}
OFFICER_STEPS = {
    "review": "review.queue",
    "cases": "cases.queue",
    "post": "vacancy_posting.for_firm",
    "invite": "officer_joining.invite",
    "applicants": "applicants.show",
    "phone": "phone_list.today",
    "broadcast": "broadcasting.compose",
    "courses": "courses.list",
    "benefits": "benefit_queue.queue",
    "cards": "policy_cards.statuses",
    "statistics": "statistics.today",
}
WORKER_STEPS = {
    "search": "first_contact.search",
    "applications": "applications.mine",
    "information": "my_information.show",
    "policies": "policies.topics",
    "training": "training.any",
}
STEPS = {
    Role.WORKER: WORKER_STEPS,
    Role.ENTERPRISE: ENTERPRISE_STEPS,
    Role.OFFICER: OFFICER_STEPS,
}
# What people type for a line of their menu when no menu is open.
ALSO_SAID = {
    "worker.applications": ("我报的名", "我报名的", "我报了啥", "我的报名"),
    "worker.policies": ("政策", "补贴", "看政策", "看补贴"),
    "enterprise.list": ("我的招工", "招工列表"),
    "enterprise.applicants": ("谁报了名", "谁报名了", "报名的人", "有人报名没有"),
    "officer.review": ("审核", "待审", "审招工"),
    "officer.cases": ("个案", "看个案"),
    "officer.post": ("替企业发",),
    "officer.applicants": ("谁报名了", "报名的人"),
    "officer.phone": ("打电话", "电话单子", "今天打哪些电话"),
    "officer.broadcast": ("群发消息", "发通知"),
    "officer.courses": ("培训班", "培训", "看课程"),
    "officer.benefits": ("补贴", "审补贴", "待审补贴"),
    "officer.cards": ("政策", "卡片", "看政策卡"),
    "officer.statistics": ("统计表", "看统计", "报表"),
}
_MARKS = re.compile(r"[\s。.!！?？~]+")


@script.intercept
def menu_words(turn: Turn) -> bool:
    """Hear 菜单 and 帮助 whatever was asked."""
    text = turn.inbound.text
    if MENU_WORDS.match(text):
        open_menu(turn)
        return True
    if HELP_WORDS.match(text):
        help_command(turn, "")
        return True
    return False


@script.intercept
def menu_lines(turn: Turn) -> bool:
    """Hear a line of one's own menu, word for word, where the open question has no such choice."""
    said = _MARKS.sub("", turn.inbound.text)
    if not said or is_stranger(turn) or choose(said, [one.label for one in turn.options]):
        return False
    steps = STEPS[turn.role]
    for value, step in steps.items():
        name = f"{turn.role.value}.{value}"
        label = _MARKS.sub("", turn.text(f"menu.{name}"))
        if said == label or said in ALSO_SAID.get(name, ()):
            return _open_line(turn, step)
    return False


def _open_line(turn: Turn, step: str) -> bool:
    # Looking for work is a wish of its own, with more to it than this word.
    if step == WORKER_STEPS["search"]:
        return False
    turn.answers = {}
    turn.go(step)
    return True


@script.intent("unsubscribe", roles=(Role.ENTERPRISE, Role.OFFICER))
def keep_telling(turn: Turn) -> None:
    """Say what a firm or an officer is sent, none of which is advertising."""
    turn.say(f"menu.unsubscribe.{turn.role.value}")
    open_menu(turn)


@script.intent("greeting", roles=EVERY_ROLE)
def greeted(turn: Turn) -> None:
    """Greet back; an open question stays open."""
    if turn.step is None or turn.step.startswith(("menu.", "first_contact.start")):
        open_menu(turn)
        return
    turn.say("menu.greeting.back")
    turn.ask_again()


@script.command("menu", roles=ALL_ROLES)
def menu_command(turn: Turn, _argument: str) -> None:
    """Show the menu."""
    open_menu(turn)


@script.command("help", roles=ALL_ROLES)
def help_command(turn: Turn, _argument: str) -> None:
    """Say how one talks to this bot, then show the menu."""
    if not is_stranger(turn):
        turn.say(f"menu.help.{turn.role.value}")
    open_menu(turn)


@script.asks("worker")
def ask_worker(turn: Turn) -> None:
    """Ask what a worker wants to do; a stranger is met first."""
    if is_stranger(turn):
        turn.go("first_contact.start")
        return
    _ask(turn, "worker", [*WORKER_STEPS])


@script.answers("worker")
def answer_worker(turn: Turn, answer: Answer) -> bool | None:
    """Begin what was chosen."""
    return _begin(turn, WORKER_STEPS, answer)


@script.asks("enterprise")
def ask_enterprise(turn: Turn) -> None:
    """Ask what an enterprise wants to do."""
    _ask(turn, "enterprise", [*ENTERPRISE_STEPS])


@script.answers("enterprise")
def answer_enterprise(turn: Turn, answer: Answer) -> bool | None:
    """Begin what was chosen."""
    return _begin(turn, ENTERPRISE_STEPS, answer)


@script.asks("officer")
def ask_officer(turn: Turn) -> None:
    """Ask what an officer wants to do."""
    _ask(turn, "officer", [*OFFICER_STEPS])


@script.answers("officer")
def answer_officer(turn: Turn, answer: Answer) -> bool | None:
    """Begin what was chosen."""
    return _begin(turn, OFFICER_STEPS, answer)


@script.command("role", roles=ALL_ROLES)
def role_command(turn: Turn, _argument: str) -> None:
    """Let somebody with several roles choose in which one to speak."""
    if len(turn.address.roles) > 1:
        turn.finish()
        turn.go("menu.role")
        return
    turn.say("menu.role.only", role=turn.text(f"menu.role.{turn.role.value}"))
    open_menu(turn)


@script.asks("role")
def ask_role(turn: Turn) -> None:
    """Ask in which role to speak."""
    choices = [turn.choice(role, f"menu.role.{role}") for role in turn.address.roles]
    turn.ask("menu.role.ask", choices)


@script.answers("role")
def answer_role(turn: Turn, answer: Answer) -> bool | None:
    """Speak in the chosen role from now on."""
    if answer.choice is None:
        return False
    turn.address.role = Role(answer.choice)
    open_menu(turn)
    return None


def open_menu(turn: Turn) -> None:
    """Leave what was open and show the menu of the role in which somebody speaks."""
    turn.finish()
    turn.go(f"menu.{turn.role.value}")


def _ask(turn: Turn, role: str, values: list[str]) -> None:
    choices: list[Choice] = [turn.choice(value, f"menu.{role}.{value}") for value in values]
    if role != Role.OFFICER:
        choices.append(turn.human_choice())
    turn.ask(f"menu.{role}.ask", choices)


def _begin(turn: Turn, steps: dict[str, str], answer: Answer) -> bool | None:
    step = steps.get(answer.choice or "")
    if step is None:
        return False
    turn.go(step)
    return None
