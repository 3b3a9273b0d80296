"""A bare echo bot of python-telegram-bot behind uvicorn, as its own example of a webhook does it.

Updates wait in the application's queue in memory and are answered 256 at a time, or one after
the other with `in_order`; nothing is durable.
"""

from __future__ import annotations

import asyncio
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

AT_ONCE = 256


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.effective_message is not None and update.effective_message.text is not None:
        await update.effective_message.reply_text(update.effective_message.text)


async def serve(api: str, token: str, port: int, *, at_a_time: int) -> None:
    """Echo until the process is ended."""
    builder = Application.builder().token(token).base_url(f"{api}/bot").updater(None)
    application = builder.concurrent_updates(at_a_time).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))

    async def take(request: Request) -> Response:
        update = Update.de_json(await request.json(), application.bot)
        await application.update_queue.put(update)
        return Response()

    async def ready(_request: Request) -> Response:
        return Response()

    routes = [Route("/hook", take, methods=["POST"]), Route("/readyz", ready)]
    config = uvicorn.Config(Starlette(routes=routes), port=port, log_level="error")
    async with application:
        await application.start()
        await uvicorn.Server(config).serve()
        await application.stop()


if __name__ == "__main__":
    _program, api, token, port, how = sys.argv
    limit = AT_ONCE if how == "at_once" else 1
    asyncio.run(serve(api, token, int(port), at_a_time=limit))
