"""One zip that opens by double-click, and its way onto an intranet server.

files      what may be shipped: kinds of files, names that every system can hold
licences   who made what is shipped, and under which licence
links      whether every address inside the pages leads to a file
light      the edition without Word and Excel files
leaflet    MO-THU-VIEN.html and CACH-MO.html
package    all of it in one ordered mapping from name to bytes
archive    that mapping as a zip: the same bytes everywhere, and the check of one
versions   versions side by side on a server, one of which is current
"""
