"""Text messages through a gateway. This is what a bureau's vendor has to offer, and gets.

All bodies are JSON in UTF-8. Every request, in either direction, carries

    X-Timestamp: seconds since 1970, in decimal digits
    X-Signature: HMAC-SHA256 in lower-case hex over timestamp + body, with the shared secret

where timestamp and body are the very bytes that are sent, one behind the other. A request whose
signature is wrong, or whose timestamp is more than 5 minutes from the receiver's clock, is
refused before anything else is looked at: with 401 by the gateway, with 403 by us.

**A message out:** `POST {sms_url}/messages`

    {"account": the bureau's name at the gateway,
     "id": 32 hex digits; the same id again is the same message, sent once, answered alike,
     "to": eleven digits of a mobile number,
     "text": at most 70 UTF-16 units of words, and a link behind them where there is one,
     "time": ISO 8601 with an offset, when we sent it}

The bureau's registered signature (【…】) and what the law wants before it are the gateway's to
add. Answers:

    202 {"id": the gateway's id of it, at most 64 characters}
    401 {"code": "signature"}                      we pause and try again; nothing is lost
    4xx {"code": …, "message": …}                  see below
    429 with Retry-After in seconds                the whole account pauses; nothing is lost
    5xx                                            tried again after 1, 5 and 30 minutes

Of the codes of a 4xx `bad_number`, `blacklisted`, `number_gone` and `opted_out` mean that this
number gets no message any more: we write to it no more until it writes to us. Any other code
(`template_refused`, `text_refused`, `unknown_account` …) means that this one message is refused.
A 202 without an id, a body that is no JSON, or a line cut after the request leave open what
became of the message: what may be sent twice is sent again with the same id, the rest is not.

A message to an empty number is answered 400 `bad_number` and sent to nobody: `wengong sms check`
asks that way whether the signature is right.

**What became of messages:** `POST {public_url}/sms/reports`

    [{"id": our id of the message, or the gateway's own,
      "status": "delivered" or "failed",
      "code": why it failed, as above}]             at most 1,000 of them

**A text that came in:** `POST {public_url}/sms/inbound`

    {"id": the gateway's id of it, unique for ever,
     "from": the number, with or without +86,
     "text": what was written,
     "time": ISO 8601 with an offset, when it was written}

We answer 200 once it is stored, so that it may be forgotten; the same id twice is one text. 400
says that the body cannot be read and is not to be sent again, 403 that the signature is wrong or
old, 413 that the body is longer than 256 KB, 503 that it has to be sent again later. Reports on
ids that we do not know are answered 200.
"""

from __future__ import annotations

from bot.channels.sms.channel import SmsChannel
from bot.channels.sms.line import Sms, SmsOptions

__all__ = ["Sms", "SmsChannel", "SmsOptions"]
