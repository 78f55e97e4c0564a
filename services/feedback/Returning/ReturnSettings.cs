namespace VGIntegration.Feedback.Returning;

/// <summary>How letters are sent; the tokens are the practices' own, never this service's.</summary>
internal sealed class ReturnSettings
{
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public int LargestAnswer { get; set; } = 1024 * 1024;

    public Dictionary<string, PracticeSettings> Practices { get; set; } = [];

    public string? BearerTokenOf(string practiceId) =>
        Practices.TryGetValue(practiceId, out var practice) && practice.BearerToken is { Length: > 0 } token ? token : null;

    public string? MailAddressOf(string? practiceId) =>
        practiceId is not null && Practices.TryGetValue(practiceId, out var practice) && practice.MailAddress is { Length: > 0 } address ? address : null;

    internal sealed class PracticeSettings
    {
        public string? BearerToken { get; set; }

        /// <summary>The LOINC code that it files our letters under; 56444-3 unless it says otherwise.</summary>
        public string? LetterType { get; set; }

        /// <summary>The category that it files an advice under, system|code; ours unless it says otherwise.</summary>
        public string? LetterCategory { get; set; }

        /// <summary>Where its letters can be mailed to (NTA 7516), when it has no FHIR base.</summary>
        public string? MailAddress { get; set; }

        /// <summary>The certificate that we show (mutual TLS): a PFX, or a PEM with certificate and key.</summary>
        public string? CertificateFile { get; set; }

        public string? CertificatePassword { get; set; }
    }
}
