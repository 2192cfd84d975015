"""What a file needs beside its pages to be kept for decades: PDF/A-2b (ISO 19005-2).

Fonts are embedded and nothing is transparent anyway; what is added says which colours are meant
(an sRGB profile) and repeats the properties as XMP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFString,
)

from liaison_desk.exports.pdf.stream import Packed, Stream

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

    from liaison_desk.exports.pdf.drawing import Properties

CONDITION = "sRGB IEC61966-2.1"
DEFAULT = '<rdf:li xml:lang="x-default">'
_DATE_AT = slice(24, 36)  # of an ICC profile: when it was made
_ID_AT = slice(84, 100)  # the digest over it, which may be nought
_SOME_DATE = bytes((0x07, 0xCE, 0, 2, 0, 9, 0, 0, 0, 0, 0, 0))  # 9 February 1998


def make_archive(document: PDFDocument, properties: Properties) -> None:
    """Add the colour profile and the XMP packet to a document that is otherwise complete."""
    profile = Stream(dictionary=PDFDictionary({"N": 3}), content=srgb_profile(), filters=[Packed()])
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(CONDITION),
            "Info": PDFString(CONDITION),
            "DestOutputProfile": document.Reference(profile),  # type: ignore[no-untyped-call]
        }
    )
    kinds = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    packet = xmp_packet(document, properties).encode()
    metadata = Stream(dictionary=PDFDictionary(kinds), content=packet, filters=[])
    catalog: Any = document.Catalog  # type: ignore[attr-defined]  # the stubs lack it
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]  # reportlab knows it not
    catalog.Metadata, catalog.OutputIntents = metadata, PDFArray([intent])


def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB, the same bytes each time."""
    from PIL import ImageCms  # a twentieth of a second, and only for papers that are kept

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_DATE_AT] = _SOME_DATE
    made[_ID_AT] = bytes(16)
    return bytes(made)


def xmp_packet(document: PDFDocument, properties: Properties) -> str:
    """Return the document's properties as XMP, with the part and level of PDF/A."""
    info = document.info
    day = properties.created
    created = f"{day:%Y-%m-%d}T00:00:00Z" if day else "2000-01-01T00:00:00Z"
    texts = {
        "dc:title": f"<rdf:Alt>{DEFAULT}{escape(info.title)}</rdf:li></rdf:Alt>",
        "dc:creator": f"<rdf:Seq><rdf:li>{escape(info.author)}</rdf:li></rdf:Seq>",
        "dc:description": f"<rdf:Alt>{DEFAULT}{escape(info.subject)}</rdf:li></rdf:Alt>",
        "pdf:Keywords": escape(info.keywords),
        "pdf:Producer": escape(info.producer),
        "xmp:CreatorTool": escape(info.creator),
        "xmp:CreateDate": created,
        "xmp:ModifyDate": created,
        "pdfaid:part": "2",
        "pdfaid:conformance": "B",
    }
    inside = "\n".join(f"<{name}>{text}</{name}>" for name, text in texts.items())
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{inside}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
