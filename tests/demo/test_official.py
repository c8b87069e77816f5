from datetime import date

from demo.official import official_rows
from nlp.gazetteer import Gazetteer
from service.domain.ledger.official_file import read_official


def test_the_sample_series_is_a_table_that_the_importer_reads() -> None:
    codes = {region.code for region in Gazetteer.load().regions()}
    table = read_official(official_rows(date(2026, 1, 15)), lambda name: name if name in codes | {"ID"} else None)
    assert table.mistakes == ()
    assert {figure.period for figure in table.figures} == {"2025-12"}
