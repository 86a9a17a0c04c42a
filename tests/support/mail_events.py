"""What mail providers send to the portal, signed as they sign it."""

import base64
import hashlib
import hmac
import json
import time
import uuid

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY = "key-4f1c9a7b2d8e6035a9c1"
PAIR = "portal:4f1c9a7b2d8e6035a9c1"
MAILGUN = {"bounce": {"event": "failed", "severity": "permanent", "reason": "bounce"}, "soft": {"event": "failed", "severity": "temporary"},
           "complaint": {"event": "complained"}, "stop": {"event": "unsubscribed"}, "arrived": {"event": "delivered"},
           "opened": {"event": "opened"}}  # fmt: skip


def mailgun(what, address, *, message_id="", token=None, key=KEY, at=None, signed_at=None):
    """(body, headers)."""
    token, stamp = token or uuid.uuid4().hex, str(int(signed_at or time.time()))
    said = {"message": f"5.1.1 <{address}>: no such mailbox", "code": 550}
    data = {**MAILGUN[what], "recipient": address, "timestamp": at or time.time(), "delivery-status": said,
            "message": {"headers": {"message-id": message_id}}}  # fmt: skip
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": data}, {}


def postmark(what, address, *, delivery="", pair=PAIR, number=None):
    kind = {"bounce": ("Bounce", "HardBounce"), "soft": ("Bounce", "SoftBounce"), "complaint": ("SpamComplaint", "SpamComplaint")}[what]
    body = {"RecordType": kind[0], "Type": kind[1], "Email": address, "ID": number or uuid.uuid4().int % 10**9, "Details": "smtp;550 no",
            "MessageID": str(uuid.uuid4()), "Metadata": {"delivery": delivery} if delivery else {}}  # fmt: skip
    return body, {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def mailersend(what, address, *, key=KEY):
    kind, morph = {"bounce": ("hard_bounced", "recipient_bounce"), "soft": ("soft_bounced", "recipient_bounce"),
                   "complaint": ("spam_complaint", "spam_complaint")}[what]  # fmt: skip
    data = {"id": uuid.uuid4().hex, "type": kind, "morph": {"object": morph, "reason": "no such mailbox"},
            "email": {"message": {"id": uuid.uuid4().hex}, "recipient": {"email": address}}}  # fmt: skip
    body = {"type": f"activity.{kind}", "data": data}
    return body, {"Signature": hmac.new(key.encode(), json.dumps(body).encode(), hashlib.sha256).hexdigest()}


def postal(what, address, *, message_id="", private_key):
    message = {"id": 7, "message_id": message_id, "to": address, "direction": "outgoing"}
    payload = {"bounce": {"status": "HardFail", "message": message, "output": "550 no"},
               "soft": {"status": "SoftFail", "message": message, "output": "450 later"}}[what]  # fmt: skip
    body = {"event": "MessageDeliveryFailed", "timestamp": time.time(), "payload": payload, "uuid": str(uuid.uuid4())}
    signature = private_key.sign(json.dumps(body).encode(), padding.PKCS1v15(), hashes.SHA1())
    return body, {"X-Postal-Signature": base64.b64encode(signature).decode()}


def key_pair():
    """(private key, the public one as the portal's settings hold it)."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private, "".join(public.decode().splitlines()[1:-1])


def tell(client, provider, said):
    """Send it to the portal; returns the status."""
    body, headers = said
    return client.post(f"/mail-events/{provider}/", json.dumps(body), content_type="application/json", headers=headers).status_code
