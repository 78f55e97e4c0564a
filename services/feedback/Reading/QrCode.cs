using QRCoder;

namespace VGIntegration.Feedback.Reading;

/// <summary>An address as a square that a telephone reads.</summary>
internal static class QrCode
{
    /// <summary>The square as SVG, without a script or a style.</summary>
    internal static string Of(Uri address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address.AbsoluteUri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return svg.GetGraphic(5);
    }
}
