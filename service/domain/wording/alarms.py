"""What is wrong with an outlet, or with all, in a sentence for the communications team."""

from service.domain.health import Alarm
from service.domain.wording.names import reason
from service.domain.wording.numbers import number


def sentence(alarm: Alarm) -> str:
    """The alarm in words, with its numbers; when it began is told beside it."""
    count, of = number(alarm.count), number(alarm.of)
    match alarm.kind:
        case "unreachable":
            return f"Tidak satu pun sumbernya dapat dibaca: {reason(alarm.reason)}."
        case "blocked" if alarm.of:
            return (
                f"{count} dari {of} halaman terakhir tertutup bagi kita: situs meminta verifikasi, masuk akun, "
                "atau langganan."
            )
        case "blocked":
            return f"Situs tidak mau dibaca: {reason(alarm.reason)}."
        case "redesign":
            return (
                f"{count} dari {of} halaman terakhir kosong, sangat pendek, atau terbaca kurang yakin; biasanya "
                f"{number(round(100 * alarm.usual))} persen. Tata letak situs mungkin berubah."
            )
        case "silent" if alarm.count:
            usual = f"; jeda terlama biasanya {span(alarm.usual)}" if alarm.usual else ""
            return f"Tidak ada halaman baru selama {span(alarm.count)}{usual}."
        case "silent":
            return "Belum pernah ada halaman berita yang didapat, meski sumbernya dapat dibaca."
        case "volume":
            return f"Hanya {count} artikel dalam 24 jam; biasanya sekitar {number(round(alarm.usual))}."
        case "network":
            return (
                f"{count} dari {of} media tidak dapat dihubungi sekaligus ({reason(alarm.reason)}). Kemungkinan besar "
                "sambungan internet kita sendiri yang terganggu."
            )
        case "idle":
            return f"Sudah {span(alarm.count)} tidak ada sumber yang diperiksa: pengambilan berita terhenti."
        case "quiet":
            return (
                f"{count} dari {of} media sekaligus jauh lebih sepi daripada biasanya: hari libur, atau gangguan di "
                "pihak kita."
            )


def span(hours: float) -> str:
    """So many hours in words: "31 jam", from two days on "3 hari"."""
    return f"{number(round(hours / 24))} hari" if hours >= 48 else f"{number(round(hours))} jam"
