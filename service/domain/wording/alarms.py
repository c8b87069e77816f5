"""What is wrong with an outlet, or with all, in a sentence for the communications team."""

from service.domain.health import Alarm
from service.domain.wording.language import say
from service.domain.wording.names import reason
from service.domain.wording.numbers import number


def sentence(alarm: Alarm) -> str:
    """The alarm in words, with its numbers; when it began is told beside it."""
    counted = {"count": number(alarm.count), "of": number(alarm.of)}
    match alarm.kind:
        case "unreachable":
            return say("Tidak satu pun sumbernya dapat dibaca: {reason}.", reason=reason(alarm.reason))
        case "blocked" if alarm.of:
            return say(
                "{count} dari {of} halaman terakhir tertutup bagi kita: situs meminta verifikasi, masuk akun, "
                "atau langganan.",
                **counted,
            )
        case "blocked":
            return say("Situs tidak mau dibaca: {reason}.", reason=reason(alarm.reason))
        case "redesign":
            return say(
                "{count} dari {of} halaman terakhir kosong, sangat pendek, atau terbaca kurang yakin; biasanya "
                "{usual} persen. Tata letak situs mungkin berubah.",
                usual=number(round(100 * alarm.usual)),
                **counted,
            )
        case "silent":
            return _silent(alarm)
        case "volume":
            usual = number(round(alarm.usual))
            return say("Hanya {count} artikel dalam 24 jam; biasanya sekitar {usual}.", usual=usual, **counted)
        case "network":
            return say(
                "{count} dari {of} media tidak dapat dihubungi sekaligus ({reason}). Kemungkinan besar "
                "sambungan internet kita sendiri yang terganggu.",
                reason=reason(alarm.reason),
                **counted,
            )
        case "idle":
            return say(
                "Sudah {span} tidak ada sumber yang diperiksa: pengambilan berita terhenti.", span=span(alarm.count)
            )
        case "quiet":
            return say(
                "{count} dari {of} media sekaligus jauh lebih sepi daripada biasanya: hari libur, atau gangguan di "
                "pihak kita.",
                **counted,
            )


def _silent(alarm: Alarm) -> str:
    if not alarm.count:
        return say("Belum pernah ada halaman berita yang didapat, meski sumbernya dapat dibaca.")
    passed, usual = span(alarm.count), span(alarm.usual)
    if alarm.usual:
        return say("Tidak ada halaman baru selama {span}; jeda terlama biasanya {usual}.", span=passed, usual=usual)
    return say("Tidak ada halaman baru selama {span}.", span=passed)


def span(hours: float) -> str:
    """So many hours in words: "31 jam", from two days on "3 hari"."""
    if hours >= 48:
        return say("{days} hari", days=number(round(hours / 24)))
    return say("{hours} jam", hours=number(round(hours)))
