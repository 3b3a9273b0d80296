from __future__ import annotations

import uuid

import pytest
from telegram.constants import BotCommandLimit

from bot.channels.telegram.menus import COMMANDS, commands
from content.catalogue import Catalogue
from storage.states import Role
from storage.unit_of_work import UnitOfWork
from tests.channels.telegram.wire import Ear, Wire, listening, make_wire, talking, until
from tests.chat import City
from tests.stand_ins.telegram import Fault, FaultKind, TelegramStandIn
from tests.stand_ins.telegram.phone import Phone


@pytest.fixture
def wire(city: City, telegram: TelegramStandIn) -> Wire:
    return make_wire(city, telegram, telegram.bot())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_listed_is_one_that_the_role_has(
    catalogue: Catalogue, role: Role, language: str
) -> None:
    listed = commands(role, language, catalogue.texts)
    names = [command.command for command in listed]
    assert names == [name for name in COMMANDS[role] if name in names]
    assert {"menu", "lang", "help"} <= set(names)
    assert all(len(one.description) <= BotCommandLimit.MAX_DESCRIPTION for one in listed)


async def test_workers_see_their_commands_in_the_language_of_their_phone(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    zh, en = telegram.phone(wire.bot), telegram.phone(wire.bot, language="en")
    zh.starts()
    en.starts()
    async with listening(wire, Ear()):
        await until(lambda: telegram.counts["setMyCommands"] == 2)
    assert zh.menu == en.menu
    assert zh.menu[0] == "menu"


async def test_an_officers_list_follows_the_role_and_the_language(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    phone = telegram.phone(wire.bot)
    async with talking(wire):
        phone.starts()
        await phone.sees("会做啥")
        await until(lambda: wire.row(phone.person.person_id))
        take_role(wire, phone, "zh")
        await until(lambda: "case" in phone.menu)
        take_role(wire, phone, "en")
        await until(lambda: shown(wire, phone) == "officer:en")
    [first, second] = [it for it in telegram.received if "chat" in str(it.params.get("scope"))]
    assert first.params["commands"] != second.params["commands"]


async def test_a_worker_who_chose_another_language_than_the_phones_reads_it_in_the_list(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    phone = telegram.phone(wire.bot, language="en")
    async with talking(wire):
        phone.starts()
        await phone.sees()
        phone.types("中文")
        await phone.sees("中文")
        phone.types("电焊工")
        await phone.sees()
        await until(lambda: shown(wire, phone) == "worker:zh")


@pytest.mark.parametrize("status", [404, 500])
async def test_a_platform_without_lists_is_left_alone(
    wire: Wire, telegram: TelegramStandIn, status: int
) -> None:
    lists = frozenset({"setMyCommands"})
    telegram.faults.add(Fault(FaultKind.ERROR, methods=lists, status=status))
    ear, phone = Ear(), telegram.phone(wire.bot)
    async with listening(wire, ear):
        phone.starts()
        await until(lambda: ear.heard)
        assert wire.line.state == "ok"
    assert telegram.counts["setMyCommands"] == 1


async def test_a_chat_that_the_platform_refuses_starves_no_other(
    wire: Wire, telegram: TelegramStandIn
) -> None:
    phone = telegram.phone(wire.bot)
    async with talking(wire):
        phone.starts()
        await phone.sees("会做啥")
        await until(lambda: wire.row(phone.person.person_id))
        add_unknown_chat(wire, 4711)
        take_role(wire, phone, "zh")
        await until(lambda: "case" in phone.menu, seconds=8)
    row = wire.row(4711)
    assert row is not None
    assert row.menu == "officer:zh"


def add_unknown_chat(wire: Wire, chat_id: int) -> None:
    """Store an officer's chat that the platform does not know, before every other one."""

    def change(uow: UnitOfWork) -> None:
        now = wire.city.clock.now()
        row = uow.addresses.find_or_add(wire.account_id, str(chat_id), language="zh", now=now)
        row.role, row.id = Role.OFFICER, uuid.UUID(int=1)

    wire.city.run(change)


def take_role(wire: Wire, phone: Phone, language: str) -> None:
    def change(uow: UnitOfWork) -> None:
        row = uow.addresses.find(wire.account_id, str(phone.person.person_id))
        assert row is not None
        row.role, row.language = Role.OFFICER, language

    wire.city.run(change)


def shown(wire: Wire, phone: Phone) -> str | None:
    row = wire.row(phone.person.person_id)
    return row.menu if row is not None else None
