"""Submits an article that takes seconds to read, in a database of its own; started by the test of a killed worker."""

import django

django.setup()

from homeward.access.models import Membership, MembershipRole, Organisation, User  # noqa: E402
from homeward.access.roles import Role  # noqa: E402
from homeward.reader import Document  # noqa: E402
from homeward.record.actions import submit_article  # noqa: E402

PARAGRAPH = (
    "Russia handed over the bodies of 1,000 soldiers to Ukraine on 26 February 2026, the Coordination Headquarters "
    "said. Ukraine handed over 35 bodies to Russia, Vladimir Medinsky said. They met at noon, and it rained.\n\n"
)

organisation = Organisation.objects.create(name="Bureau", slug="bureau")
alice = User.objects.create(email="alice@example.org")
membership = Membership.objects.create(user=alice, organisation=organisation)
MembershipRole.objects.create(membership=membership, role=Role.REGISTRAR.value)
submit_article(document=Document(body=PARAGRAPH * 1_500, published="2026-02-27"), by=alice)
