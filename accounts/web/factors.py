"""How allauth's second step behaves in this house."""

from typing import Any

import qrcode
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.services import factors

NAME = "Machtigingsportaal"
DRAWING = (
    '<svg class="mp-qr" viewBox="0 0 {size} {size}" role="img" aria-label="QR-code voor uw app" '
    'shape-rendering="crispEdges"><path d="M0 0h{size}v{size}H0z" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
)


class Adapter(DefaultMFAAdapter):
    """Dutch words, secrets closed in the database, and nobody without a second step."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en typ die.",
    }

    def encrypt(self, text: str) -> str:
        """Close a secret before it is stored."""
        return factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again; what can't be opened raises."""
        return factors.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": NAME}

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        return "Mijn beveiligingssleutel"

    def build_totp_svg(self, url: str) -> SafeString:
        """Draw the code that a telephone reads, as an element: the policy of the page allows no picture in its text."""
        code = qrcode.QRCode()
        code.add_data(url)
        rows = code.get_matrix()
        dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, full in enumerate(row) if full)
        return format_html(DRAWING, size=len(rows), dark=dark)
