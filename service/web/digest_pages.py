"""The digests: who gets which and when, what was sent, and what comes next."""

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service.domain.digest import SentDigest
from service.usecases.digests import DigestMail
from service.web.desk import Desk, NotFound
from service.web.security import MAIL_POLICY
from service.web.visitor import visitor

MOST_SENT = 30

Show = Callable[..., HTMLResponse]


def add_digest_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get("/ringkasan")
    def digests() -> HTMLResponse:
        """The groups with their next digests, and what was sent; admins also see who keeps away."""
        upcoming = desk.digests.upcoming()
        return show(
            "digests.html",
            upcoming=upcoming,
            names_by_group={it.group.id: it.group.name for it in upcoming},
            sent=desk.digest_history.newest(MOST_SENT),
            absences=desk.subscriptions.absences() if visitor().may("people") else None,
        )

    @router.get("/ringkasan/berikutnya/{group_id}")
    def coming(group_id: str) -> HTMLResponse:
        """The group's digest as it would be sent now."""
        mail = _preview(desk, group_id)
        return show("digest.html", group=desk.digests.group(group_id), mail=mail, sent=None)

    @router.get("/ringkasan/berikutnya/{group_id}/html")
    def coming_mail(group_id: str) -> HTMLResponse:
        """Its HTML part alone."""
        return _framed(_preview(desk, group_id))

    @router.get("/ringkasan/terkirim/{group_id}/{key}")
    def sent(group_id: str, key: str) -> HTMLResponse:
        """A digest as it was sent."""
        digest = _sent(desk, group_id, key)
        group = next((it for it in desk.digests.groups if it.id == group_id), None)
        return show("digest.html", group=group, mail=desk.digest_history.mail(digest), sent=digest)

    @router.get("/ringkasan/terkirim/{group_id}/{key}/html")
    def sent_mail(group_id: str, key: str) -> HTMLResponse:
        """Its HTML part alone."""
        mail = desk.digest_history.mail(_sent(desk, group_id, key))
        if mail is None:
            raise NotFound
        return _framed(mail)


def _preview(desk: Desk, group_id: str) -> DigestMail:
    if group_id not in [it.id for it in desk.digests.groups]:
        raise NotFound
    return desk.digests.preview(group_id)


def _sent(desk: Desk, group_id: str, key: str) -> SentDigest:
    digest = desk.digest_history.digest(group_id, key)
    if digest is None:
        raise NotFound
    return digest


def _framed(mail: DigestMail) -> HTMLResponse:
    """The mail under a policy that lets nothing run or load."""
    # Links open beside the desk: a frame may not lead to the outlets.
    page = mail.page.replace("<head>", '<head><base target="_blank">', 1)
    return HTMLResponse(page, headers={"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"})
