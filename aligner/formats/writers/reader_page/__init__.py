"""The reader: one HTML page that shows a bitext, works from disk and asks no network.

`page.html` is its template, the style sheets and scripts beside it are put into the page
when it is written; the modules here say what the page shows.
"""
