"""What the desk is given of the wired app."""

from urllib.parse import urlsplit

from crawler.outlets.outlet import NATIONAL, Outlet
from service.app import App
from service.web.desk import Desk, OutletInfo


def desk_of(app: App) -> Desk:
    """The desk's view of the app: what its pages read, and nothing that crawls or analyses."""
    return Desk(
        store=app.store,
        ledger=app.ledger,
        speakers=app.store.speakers,
        index=app.index,
        archive=app.page_archive,
        outlets=[_named(outlet, app) for outlet in app.outlets],
        region_name=app.region_name,
        region_code=app.region_code,
        decide=app.reviewing.run,
        correcting=app.correcting,
        alerts=app.store.alert_book,
        handling=app.handling,
        people=app.people,
        signing_in=app.signing_in,
        saved_searches=app.saved_searches,
        feeds=app.feeds,
        exports=app.exports,
        outbox=app.outbox,
        recipients=app.recipients,
        clock=app.clock,
        digest_preview=app.digests.preview,
        agency_name=app.agency.name,
        hosts=[urlsplit(app.settings.web.base_url).hostname or ""],
        sign_in=app.settings.web.sign_in,
        single_sign_on=app.single_sign_on,
        create_role=app.settings.oidc.create_role or None,
        base_url=app.settings.web.base_url,
        sends_mail=bool(app.settings.mail.smtp_host),
        metrics=app.settings.web.metrics,
        rule_names=lambda: {rule.id: rule.name for rule in app.rules},
        spool_files=lambda: len(app.spool.pending()),
    )


def _named(outlet: Outlet, app: App) -> OutletInfo:
    province = "" if outlet.province == NATIONAL else app.region_name(outlet.province)
    return OutletInfo(outlet.id, outlet.name, outlet.home, outlet.tier, province)
