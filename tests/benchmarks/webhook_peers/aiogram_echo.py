"""A bare echo bot of aiogram behind its own webhook server; nothing in it is durable."""

from __future__ import annotations

import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web


async def echo(message: Message) -> None:
    """Say what was said."""
    await message.answer(message.text or "")


async def ready(_request: web.Request) -> web.Response:
    """Answer whoever waits for the start."""
    return web.Response()


def serve(api: str, token: str, port: int) -> None:
    """Echo until the process is ended."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    application = web.Application()
    application.router.add_get("/readyz", ready)
    SimpleRequestHandler(dispatcher, Bot(token, session=session)).register(application, "/hook")
    setup_application(application, dispatcher)
    web.run_app(application, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    _program, api, token, port = sys.argv
    serve(api, token, int(port))
