"""An invented press: articles told once, printed in the layouts that real outlets use.

What an article says is written down in `articles/*.txt`; a layout (`layouts/*.html.j2`) prints it among everything
that surrounds a report: menus, link lines, teasers of the other articles, comments, calls and scripts. The gold comes
from the article, never from an extraction, and every foreign sentence that a layout prints is remembered as planted.
"""
