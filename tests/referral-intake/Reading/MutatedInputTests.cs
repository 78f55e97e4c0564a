using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Validation;
using VGIntegration.ReferralIntake.Reading;

namespace VGIntegration.ReferralIntake.Tests.Reading;

/// <summary>
/// Bent messages by every way in. The long campaign:
/// VG_MUTATED_INPUTS=100000 dotnet run -c Release --project tests/referral-intake -- --filter-class '*MutatedInputTests' --show-live-output on
/// (VG_MUTATION_SEED repeats one).
/// </summary>
public sealed class MutatedInputTests(IntakeHost intake, ITestOutputHelper output) : IClassFixture<IntakeHost>
{
    private const int Usual = 2_000;

    private static readonly int Inputs = Setting("VG_MUTATED_INPUTS", Usual);
    private static readonly int Seed = Setting("VG_MUTATION_SEED", 20_261_123);

    [Fact]
    public async Task Whatever_comes_in_is_taken_or_refused_completely_and_the_service_stays_as_it_was()
    {
        using var gp = intake.GpSystem();
        var (mutator, statuses, wrong) = (new Mutator(Seed), new ConcurrentDictionary<int, int>(), new ConcurrentBag<string>());
        var inputs = Enumerable.Range(0, Inputs).Select(i => (Index: i, Input: mutator.Next(i)));
        var (clock, peak) = (Stopwatch.StartNew(), 0L);

        await Parallel.ForEachAsync(inputs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (next, ct) =>
        {
            var (status, fault) = await Send(gp, next.Input, ct);
            statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
            if (fault is not null)
            {
                wrong.Add($"input {next.Index}: {status} {fault} on {next.Input.Address}: {Start(next.Input)}");
            }

            if (next.Index % 500 == 0)
            {
                peak = Math.Max(peak, Environment.WorkingSet);
            }
        });

        output.WriteLine($"seed {Seed}: {Inputs} inputs in {clock.Elapsed.TotalSeconds:F0} s, {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} × {s.Key}"))}, at most {peak / 1_000_000} MB for service and test together");
        Assert.Empty(wrong.Take(5));
        Assert.True(statuses.Keys.Any(s => s is 200 or 201) && statuses.ContainsKey(422), "a campaign in which nothing is taken, or nothing refused, proves nothing");
        Assert.InRange(peak, 1, Inputs > Usual ? 500_000_000 : long.MaxValue); // among other tests it would be their memory
    }

    // The quick look may send something tidy to the strict parser, never let something untidy pass in silence.
    [Fact]
    public void What_the_strict_parser_complains_of_is_never_passed_over()
    {
        var strict = new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Strict, NarrativeValidationKind.None)
            .Ignoring([CodedValidationException.WRONG_CASED_ELEMENT_CODE]));
        var (mutator, missed, complained) = (new Mutator(Seed), new List<string>(), 0);

        for (var i = 0; i < Inputs / 4; i++)
        {
            var input = mutator.Next(i);
            if (!input.MediaType.EndsWith("json", StringComparison.Ordinal) || FhirParser.Json(input.Body) is not { Resource: not null, Findings: var told })
            {
                continue;
            }

            var reader = new Utf8JsonReader(input.Body);
            strict.TryDeserializeResource(ref reader, out _, out var issues);
            var expected = Tolerance.Grade(issues);
            complained += expected.Count > 0 ? 1 : 0;
            if (expected.Count > 0 && told.Count == 0)
            {
                missed.Add($"{string.Join("; ", issues.Select(x => x.Message))} in {Start(input)}");
            }
        }

        Assert.Empty(missed.Take(5));
        Assert.InRange(complained, Inputs / 80, Inputs);
    }

    private static async Task<(int Status, string? Fault)> Send(HttpClient gp, MutatedInput input, CancellationToken ct)
    {
        using var content = new ByteArrayContent(input.IsPacked ? Pack(input.Body) : input.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue(input.MediaType);
        if (input.IsPacked)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var answer = await gp.PostAsync(new Uri(input.Address, UriKind.Relative), content, ct);
        var status = (int)answer.StatusCode;
        if (status >= 500)
        {
            return (status, "a failure");
        }

        var body = await answer.Content.ReadAsStringAsync(ct);
        var isComplete = status < 300 ? body.Length > 0 : body.Contains("\"OperationOutcome\"", StringComparison.Ordinal)
            && body.Contains("\"error\"", StringComparison.Ordinal) && body.Contains("\"diagnostics\"", StringComparison.Ordinal);
        return (status, isComplete ? null : "not told completely");
    }

    private static string Start(MutatedInput input) => Encoding.UTF8.GetString(input.Body.AsSpan(0, Math.Min(1500, input.Body.Length)));

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : usual;
}
