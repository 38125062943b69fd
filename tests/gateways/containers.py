"""Mails and archives, sound ones and such as have been made to harm who opens them."""

import struct
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FILES = {"a.xml": b"<a/>", "b.csv": b"x,y\n1,2\n"}


def archive(files=None, **infos):
    """An archive of files by name, the same bytes at any time; members may be given as ZipInfo."""
    data = BytesIO()
    with ZipFile(data, "w") as made:
        for name, content in (FILES if files is None else files).items():
            made.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        for info, content in infos.values():
            made.writestr(info, content)
    return data.getvalue()


def linked():
    info = ZipInfo("statement.csv")
    info.external_attr = 0o120777 << 16
    return archive(link=(info, "/etc/passwd"))


def named(*names):
    """An archive whose members have exactly these names, also such as no program would write."""
    made = archive({f"{at:0{len(name)}}"[-len(name) :]: b"x" for at, name in enumerate(names)})
    for at, name in enumerate(names):
        made = made.replace(f"{at:0{len(name)}}"[-len(name) :].encode(), name.encode())
    return made


def overlapping():
    """Two members of one head: the second one is the first again."""
    made = bytearray(archive({"a.txt": b"1" * 500, "b.txt": b"2" * 500}))
    second = made.rfind(b"PK\x01\x02")
    made[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(made)


def lying(data=None):
    """An archive whose directory says that a large member is small."""
    made = bytearray(data or archive({"bomb.txt": b"0" * 50_000_000}))
    at = made.rfind(b"PK\x01\x02")
    made[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(made)


def many(count):
    return archive({f"{number}.txt": b"x" for number in range(count)})


def million():
    """The end of an archive that says it has a million members, in a directory of 46 MB."""
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 99, 99, 46_000_000, 0, 0)
    return b"PK\x03\x04" + bytes(100) + end


def nested(depth, content=b"<a/>"):
    for level in range(depth):
        content = archive({f"level{level}.zip" if level else "a.xml": content})
    return content


def encrypted():
    made = bytearray(archive({"a.txt": b"secret"}))
    made[made.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def mail(*attachments, sender="Rechnungen <billing@example.org>", subject="Invoice", text="Hello"):
    """A mail with attachments, each a name and its content."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "ap@example.com"
    message["Subject"] = subject
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    for name, content in attachments:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    if attachments:
        message.set_boundary("frontier")
    return message.as_bytes()


INJECTED = (
    b"From: =?utf-8?q?Boss=0D=0ABcc=3A_all=40example.org?= <x@example.org>\r\n"
    b"Subject: =?utf-8?q?Pay_now=0D=0AX-Approved=3A_yes?=\r\n"
    b'Content-Type: application/xml; name="../../etc/\x1b[2Jpasswd"\r\n'
    b"Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fevil%0D%0AX%3A%20y.xml\r\n"
    b"MIME-Version: 1.0\r\n\r\n<a/>\r\n"
)
"""A mail whose head tries to be more lines than it has, and whose file leaves its folder."""


def deep(levels):
    """A mail of parts within parts."""
    body = "Content-Type: text/plain\n\nx\n"
    for level in range(levels):
        mark = f"b{level}"
        body = (
            f'Content-Type: multipart/mixed; boundary="{mark}"\n\n--{mark}\n{body}\n--{mark}--\n'
        )
    return b"From: a@example.org\nMIME-Version: 1.0\n" + body.encode()
