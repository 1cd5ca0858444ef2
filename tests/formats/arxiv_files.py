"""Made-up files as arXiv's services write them; no sentence of a real paper is here."""

from __future__ import annotations

import json
from html import escape
from typing import Any

SPACE = " "  # stands at the end of a line, where nobody would see it
ATOM = "http://www.w3.org/2005/Atom"
ROW: dict[str, Any] = {
    "id": "2301.00010",
    "submitter": "Ada Soup",
    "authors": "Ada Soup and Bo Bread, Jr. (Kitchen of Soups)",
    "title": "On Kettles that\n  Whistle $x^2$",
    "comments": "12 pages; code at https://github.com/soup/kettle.",
    "journal-ref": None,
    "doi": "10.1000/kettle.1",
    "report-no": None,
    "categories": "cs.LG math.CO",
    "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
    "abstract": "  We boil $n$ kettles, 99\\% of which\nwhistle; see https://soup.example/kettles.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 2 Jan 2023 19:18:42 GMT"},
        {"version": "v2", "created": "Tue, 24 Jul 2023 20:10:27 GMT"},
    ],
    "update_date": "2023-07-25",
    "authors_parsed": [["Soup", "Ada", ""], ["Bread", "Bo", "Jr.", "Kitchen of Soups"]],
}


def row(**members: Any) -> dict[str, Any]:
    return ROW | members


def snapshot(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(each) + "\n" for each in rows)


ENTRY = """
  <entry>
    <id>http://arxiv.org/abs/2401.00001v2</id>
    <updated>2024-02-03T10:00:00Z</updated>
    <published>2024-01-01T23:59:59Z</published>
    <title>Lids for
      Kettles</title>
    <summary>  A lid keeps $T &lt; 100$ in;
 code is at https://github.com/soup/lid.
</summary>
    <author><name>Ada Soup</name><arxiv:affiliation>Kitchen</arxiv:affiliation></author>
    <author><name>Ren\\'e Bread</name></author>
    <arxiv:comment>8 pages, data at https://soup.example/lids</arxiv:comment>
    <arxiv:doi>10.1000/lid</arxiv:doi>
    <link href="https://arxiv.org/abs/2401.00001v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="https://arxiv.org/pdf/2401.00001v2" rel="related" type="application/pdf"/>
    <category term="cs.AI" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <arxiv:primary_category term="cs.LG"/>
  </entry>"""


def answer(*entries: str, total: int | None = None) -> str:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
  xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="{ATOM}">
  <id>https://arxiv.org/api/kettles</id>
  <title>arXiv Query: search_query=all:kettle</title>
  <updated>2024-05-06T02:30:47Z</updated>
  <opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>{"".join(entries)}
</feed>
"""


def entry(known: str, title: str, abstract: str = "It boils.") -> str:
    return f"<entry><id>{known}</id><title>{escape(title)}</title><summary>{escape(abstract)}</summary></entry>"


def item(known: str, title: str, abstract: str = "It boils.", kind: str = "new", extra: str = "") -> str:
    return f"""
    <item>
      <title>{escape(title)}</title>
      <link>https://arxiv.org/abs/{known.partition("v")[0]}</link>
      <description>arXiv:{known} Announce Type: {kind}{SPACE}
Abstract: {escape(abstract)}</description>
      <guid isPermaLink="false">oai:arXiv.org:{known}</guid>
      <category>cs.CL</category>
      <category>cs.LG</category>
      <pubDate>Mon, 06 May 2024 00:00:00 -0400</pubDate>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>Ada Soup, Ren\\'e Bread (Kitchen)</dc:creator>{extra}
    </item>"""


def rss(*items: str) -> str:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="{ATOM}" version="2.0">
  <channel>
    <title>cs.CL updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.CL</link>
    <atom:link href="http://rss.arxiv.org/rss/cs.CL" rel="self" type="application/rss+xml"/>
    <pubDate>Mon, 06 May 2024 00:00:00 -0400</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>{"".join(items)}
  </channel>
</rss>
"""


def atom(*entries: str) -> str:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="{ATOM}">
  <id>http://rss.arxiv.org/atom/cs.CL</id>
  <title>cs.CL updates on arXiv.org</title>
  <updated>2024-05-06T04:00:05.907047+00:00</updated>{"".join(entries)}
</feed>
"""


ANNOUNCED = """
  <entry>
    <id>oai:arXiv.org:2405.00007v1</id>
    <title>Spoons</title>
    <updated>2024-05-06T04:00:05.965050+00:00</updated>
    <link href="https://arxiv.org/abs/2405.00007" rel="alternate" type="text/html"/>
    <summary>arXiv:2405.00007v1 Announce Type: new Abstract: On stirring.</summary>
    <category term="cs.CL"/>
    <category term="cs.LG"/>
    <published>2024-05-06T00:00:00-04:00</published>
    <arxiv:announce_type>new</arxiv:announce_type>
    <dc:creator>Ada Soup</dc:creator>
  </entry>"""
