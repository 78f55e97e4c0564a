using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace VGIntegration.ReferralIntake.Tests.Supplementing;

/// <summary>Small files, good and bad, made on the spot.</summary>
internal static class Files
{
    internal static readonly byte[] Text = "Beste collega, hierbij de aanvulling. Groet."u8.ToArray();

    /// <summary>Made by qpdf --encrypt user owner 256.</summary>
    internal static readonly byte[] Encrypted = Convert.FromBase64String("""
        JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZW
        wgOCA+PiA+PiAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyAzIDAgUiBd
        IC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvTWVkaWFCb3ggWyAwIDAgMjAwIDIwMCBdIC9QYXJlbnQgMiAwIFIgL1R5cGUgL1
        BhZ2UgPj4KZW5kb2JqCjQgMCBvYmoKPDwgL0NGIDw8IC9TdGRDRiA8PCAvQXV0aEV2ZW50IC9Eb2NPcGVuIC9DRk0gL0FFU1YzIC9MZW5ndGgg
        MzIgPj4gPj4gL0ZpbHRlciAvU3RhbmRhcmQgL0xlbmd0aCAyNTYgL08gPDI3MWYwMzBhY2VlNWU3YWJlOTMwODNlMzg1Y2EwOWM4NWE2N2ZhY2
        RiY2VhMWNjMjA5NjMwYTNjM2IzZTYzNTQ4NDk2Zjk5OGQwYmEzZmQxZDQ3OTI2ZDYyNmI1OGY1OD4gL09FIDw1OGUxODU3ZDNlYTBkYWY5YmMw
        NDlhNjAzYTU3NjY2NDE5YzA2ZDg0NTkwZGQyNDliYzMwODFlZWE5NjQ1MDgwPiAvUCAtNCAvUGVybXMgPGQwZjEyNmY5NGZhMmM1ZTkxYzA3OT
        Y5Yzg2YWFmNTIwPiAvUiA2IC9TdG1GIC9TdGRDRiAvU3RyRiAvU3RkQ0YgL1UgPDhkNmVjZWJmN2FjMWU3MWE1ZDkwMzI5Mjc4ZjY3NTk3ZjY2
        NTJjY2NmYWY3ZjlkMWFiMjNjYjZlMmI1YTA5NWVlYWJlZGNiMGQwOTgzZTRlMmIzOWQ3MDFmYTJmNDVjMD4gL1VFIDxkYjljYmJjYmNjNjQ1MG
        IwZjAxN2U0MGU2YTQ0MTE1ODUzZWRmNGExMDk0NjU2ZWZjZmRjZTI2NjA4N2NiODcxPiAvViA1ID4+CmVuZG9iagp4cmVmCjAgNQowMDAwMDAw
        MDAwIDY1NTM1IGYgCjAwMDAwMDAwMTUgMDAwMDAgbiAKMDAwMDAwMDEzMCAwMDAwMCBuIAowMDAwMDAwMTg5IDAwMDAwIG4gCjAwMDAwMDAyNj
        IgMDAwMDAgbiAKdHJhaWxlciA8PCAvUm9vdCAxIDAgUiAvU2l6ZSA1IC9JRCBbPDhjYWMwNmI2ODNlM2Y3NzZkNTZkYTZiYzRlNmEwNjViPjw4
        Y2FjMDZiNjgzZTNmNzc2ZDU2ZGE2YmM0ZTZhMDY1Yj5dIC9FbmNyeXB0IDQgMCBSID4+CnN0YXJ0eHJlZgo4MDkKJSVFT0YK
        """);

    /// <summary>Opens without a password, and is encrypted all the same: qpdf --encrypt "" owner 256.</summary>
    internal static readonly byte[] Protected = Convert.FromBase64String("""
        JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZW
        wgOCA+PiA+PiAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyAzIDAgUiBd
        IC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvTWVkaWFCb3ggWyAwIDAgMjAwIDIwMCBdIC9QYXJlbnQgMiAwIFIgL1R5cGUgL1
        BhZ2UgPj4KZW5kb2JqCjQgMCBvYmoKPDwgL0NGIDw8IC9TdGRDRiA8PCAvQXV0aEV2ZW50IC9Eb2NPcGVuIC9DRk0gL0FFU1YzIC9MZW5ndGgg
        MzIgPj4gPj4gL0ZpbHRlciAvU3RhbmRhcmQgL0xlbmd0aCAyNTYgL08gPDk3YzQ2ZDU5NGMzNjhhNmYyMGQ1OTYwZmZlNGNmYzUxNzJkNjE0MT
        cxMjM0MzlmMzQyNDUyODg5MmU1NWU2NGZiNmUyN2U1NDM5YjllMTI1YTA1ODI3YWY0NTAyMDBlZj4gL09FIDxkMjJhMmM5MGYzZTJiMmM1MjVj
        NDkyNmVjZjY4MGE1NDc0ZTNiMTFiMDRiYmEzNDc0ZDQ3OGIzMDliZDZhMGMyPiAvUCAtNCAvUGVybXMgPDI4ZjJkNDdhMDgzZDQ1MTc5NGM5OD
        JmZTU5NzA0ODA1PiAvUiA2IC9TdG1GIC9TdGRDRiAvU3RyRiAvU3RkQ0YgL1UgPGZhMzkzZmFiZjU0ODRmZmM5MTliYzJlMzY2Y2Y3MWEwZWI5
        MGUxMmIwY2I0M2JmNGJhYjhhMmUyZTczNDExNjU5MDc3M2M5ZDIxNzcxYWI1YzRiNmVlNTkxOWM4MWZkZj4gL1VFIDxjNDQyMTI2NzJiY2ViMz
        FjZGJhYTE3NzEzYThhNWVhMDJmYTA5ZGFjZjZiOTAzZDZkNTBmYTdmNzkwODJhZTM3PiAvViA1ID4+CmVuZG9iagp4cmVmCjAgNQowMDAwMDAw
        MDAwIDY1NTM1IGYgCjAwMDAwMDAwMTUgMDAwMDAgbiAKMDAwMDAwMDEzMCAwMDAwMCBuIAowMDAwMDAwMTg5IDAwMDAwIG4gCjAwMDAwMDAyNj
        IgMDAwMDAgbiAKdHJhaWxlciA8PCAvUm9vdCAxIDAgUiAvU2l6ZSA1IC9JRCBbPDY1N2UxNTU4MTk2OWNkYTc1MGU5NjA4NDI0NjRkZTIxPjw2
        NTdlMTU1ODE5NjljZGE3NTBlOTYwODQyNDY0ZGUyMT5dIC9FbmNyeXB0IDQgMCBSID4+CnN0YXJ0eHJlZgo4MDkKJSVFT0YK
        """);

    /// <summary>A PDF of one page. What is given goes into its catalog, and as objects 4 and up.</summary>
    internal static byte[] Pdf(string catalog = "", string trailer = "", params string[] objects)
    {
        List<string> all =
        [
            $"<< /Type /Catalog /Pages 2 0 R {catalog} >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>", .. objects,
        ];
        var (pdf, offsets) = (new StringBuilder("%PDF-1.7\n"), new List<int>());
        foreach (var (body, i) in all.Select((o, i) => (o, i + 1)))
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i} 0 obj\n{body}\nendobj\n");
        }

        var xref = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {all.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(o => pdf.Append(CultureInfo.InvariantCulture, $"{o:D10} 00000 n \n"));
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {all.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }

    /// <summary>A stream object whose content is packed this often.</summary>
    internal static string Packed(string dictionary, byte[] content, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
            {
                zlib.Write(content);
            }

            content = packed.ToArray();
        }

        var filter = string.Concat(Enumerable.Repeat("/FlateDecode ", times));
        return $"<< {dictionary} /Filter [{filter}] /Length {content.Length} >>\nstream\n{Encoding.Latin1.GetString(content)}\nendstream";
    }

    /// <summary>A PDF whose second page object is out of sight, in an object stream with a cross-reference stream.</summary>
    internal static byte[] PdfWithHiddenObject(string hidden)
    {
        var inside = $"4 0 {hidden}";
        var pdf = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        foreach (var body in new[]
        {
            "<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        })
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        var container = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"5 0 obj\n{Packed("/Type /ObjStm /N 1 /First 4", Encoding.Latin1.GetBytes(inside))}\nendobj\n");
        var xref = pdf.Length;
        byte[] Row(int kind, int at, int index) => [(byte)kind, (byte)(at >> 8), (byte)at, (byte)index];
        byte[] rows = [.. Row(0, 0, 255), .. offsets.SelectMany(o => Row(1, o, 0)), .. Row(2, 5, 0), .. Row(1, container, 0), .. Row(1, xref, 0)];
        pdf.Append(CultureInfo.InvariantCulture, $"6 0 obj\n{Packed("/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R", rows)}\nendobj\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }

    internal static byte[] Jpeg(string? comment = null)
    {
        byte[] told = comment is null ? [] : [0xFF, 0xFE, .. Length(comment.Length + 2), .. Encoding.Latin1.GetBytes(comment)];
        return
        [
            0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, .. told,
            0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x37, 0xFF, 0x00, 0x12, 0xFF, 0xD9,
        ];
    }

    internal static byte[] Png(string? comment = null)
    {
        byte[] pixel = [.. Zlib([0, 255])];
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
            .. comment is null ? [] : Chunk("tEXt", Encoding.Latin1.GetBytes($"Comment\0{comment}")), .. Chunk("IDAT", pixel), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        var crc = uint.MaxValue;
        foreach (var b in typed)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return [.. length, .. typed, .. sum];
    }

    private static byte[] Zlib(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Length(int length) => [(byte)(length >> 8), (byte)length];
}
