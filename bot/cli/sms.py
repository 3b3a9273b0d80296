"""`wengong sms`: a gateway for trials on this machine, and a look at the real one."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Annotated

import typer

from bot.cli.opening import settings_or_fail
from bot.cli.speaking import LanguageOption, Speech
from bot.clock import SystemClock
from bot.log import configure
from bot.settings import Settings
from content.reader import read_catalogue

LOOPBACK = "127.0.0.1"

commands = typer.Typer(no_args_is_help=True)


@commands.command("gateway")
def gateway(
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 9099,
    product: Annotated[str, typer.Option("--product", help="Where wengong serves.")] = "",
    lang: LanguageOption = None,
) -> None:
    """Be a gateway that sends nothing: show what it gets, and pass on what is typed here."""
    settings = settings_or_fail()
    configure(settings.log_level)
    speech = _speech(settings, lang)
    if not settings.sms_secret or not settings.sms_account:
        speech.refuse("sms.needs", address=f"http://{LOOPBACK}:{port}")
    url = product or f"http://{LOOPBACK}:{settings.port}"
    speech.say("sms.gateway_ready", address=f"http://{LOOPBACK}:{port}", product=url)
    speech.say("sms.gateway_keys")
    from bot.cli.sms_trial import Trial  # slow to import, and every other command spares it

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(Trial(settings, speech, port=port, product=url).run())


@commands.command("check")
def check(lang: LanguageOption = None) -> None:
    """Say step by step whether text messages would go out and come in; nobody is written to."""
    settings = settings_or_fail()
    configure(settings.log_level)
    speech = _speech(settings, lang)
    if settings.sms_file is not None:
        speech.say("sms.check_file", file=settings.sms_file.name)
        return
    if not asyncio.run(_checked(settings, speech)):
        raise SystemExit(1)


async def _checked(settings: Settings, speech: Speech) -> bool:
    from bot.channels.sms.checking import look
    from bot.channels.sms.gateway import Gateway
    from bot.channels.sms.line import SmsOptions

    options = SmsOptions(
        url=settings.sms_url, account=settings.sms_account, secret=settings.sms_secret
    )
    line = Gateway(
        options.url,
        account=options.account,
        secret=options.secret,
        clock=SystemClock(settings.timezone),
    )
    is_well = True
    try:
        async for finding in look(options, line, public_url=settings.public_url):
            sign = "✓" if finding.is_well else "✗"
            words = speech.text(f"sms.{finding.step}_{finding.word}", detail=finding.detail)
            print(f"{sign} {words}")
            is_well = is_well and finding.is_well
    finally:
        await line.close()
    return is_well


def _speech(settings: Settings, lang: str | None) -> Speech:
    return Speech(read_catalogue(settings.content).texts, lang or settings.language)
