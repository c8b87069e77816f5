"""What the desk is given of the wired app."""

from service.app import App
from service.web.desk import Desk, OutletInfo


def desk_of(app: App) -> Desk:
    """The desk's view of the app: what its pages read, and nothing that crawls or analyses."""
    return Desk(
        store=app.store,
        index=app.index,
        outlets=[OutletInfo(it.id, it.name, it.home, it.tier, it.province) for it in app.outlets],
        region_name=app.region_name,
        clock=app.clock,
        digest_preview=app.digests.preview,
        agency_name=app.agency.name,
    )
