"""Verifies Standard Webhooks 1.0 signatures with nothing but the standard library.

Reads one JSON object a line: {"secret", "now", "headers", "body"}, where body is base64 and now is seconds since 1970;
writes one word a line: good, or why not.
"""

import base64
import hashlib
import hmac
import json
import sys

TOLERANCE = 300


def verdict(case):
    headers = {name.lower(): value for name, value in case["headers"].items()}
    try:
        message_id, timestamp, given = (headers["webhook-" + it] for it in ("id", "timestamp", "signature"))
    except KeyError:
        return "header-missing"
    if not timestamp.isascii() or not timestamp.isdigit():
        return "timestamp-unread"
    if abs(case["now"] - int(timestamp)) > TOLERANCE:
        return "too-old-or-new"
    key = base64.b64decode(case["secret"].removeprefix("whsec_"), validate=True)
    signed = f"{message_id}.{timestamp}.".encode() + base64.b64decode(case["body"])
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    matches = [hmac.compare_digest(expected.encode(), it.encode()) for it in given.split(" ")]
    return "good" if any(matches) else "signature-wrong"


for line in sys.stdin:
    print(verdict(json.loads(line)), flush=True)
