using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using UglyToad.PdfPig;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Returning;
using VGIntegration.Fhir;
using VGIntegration.Surroundings;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.Feedback.Tests.Returning;

/// <summary>ZorgDomein's habit: a document Bundle, posted, with a receipt that need not resolve.</summary>
public sealed class DocumentModeTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() =>
        (_feedback, _practice) = (await FeedbackHost.Start($"--Practices:{Examples.PracticeId}:BearerToken=een.jwt.token"), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Fact]
    public async Task A_letter_is_posted_as_a_document_and_a_201_with_a_location_is_the_receipt()
    {
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Document");
        await _feedback.Settles(referralId, Second);

        var request = Assert.Single(_practice.Requests);
        var letter = await _feedback.DeliveryOf(referralId);
        Assert.Equal(("POST", "/Bundle"), (request.Method, request.Path));
        Assert.Equal(
            ("return=minimal", "application/fhir+json;q=1.0, application/json+fhir;q=0.9", "Bearer een.jwt.token"),
            (request.Headers["Prefer"], request.Headers["Accept"], request.Headers["Authorization"]));
        var bundle = JsonNode.Parse(request.Body)!;
        Assert.Equal(($"{letter.Id}", $"{letter.Id}"), ((string?)bundle["id"], (string?)bundle["identifier"]!["value"]));
        Assert.Equal($"{letter.Id}", Assert.Single(await _feedback.Told<AdviceReturned>(referralId)).DocumentReferenceId);
    }

    [Fact]
    public void The_document_begins_with_its_composition_and_every_reference_leads_to_something_inside()
    {
        var bundle = DocumentBundle.Of(AParcel());

        var json = JsonNode.Parse(FhirJson.Write(bundle))!;
        var inside = bundle.Entry.Select(e => e.FullUrl!).ToHashSet();
        var references = References(json["entry"]!).Where(r => !r.StartsWith("https://his.example.nl", StringComparison.Ordinal)).ToList();
        var composition = Assert.IsType<Composition>(bundle.Entry[0].Resource);
        Assert.Equal(Bundle.BundleType.Document, bundle.Type);
        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.Contains(r, inside));
        Assert.Contains(composition.Section, s => s.Title == "Sociaal domein" && s.Text!.Div!.Contains("tuingroep", StringComparison.Ordinal));
        Assert.NotNull(Assert.Single(bundle.Entry.Select(e => e.Resource).OfType<DocumentReference>()).Content[0].Attachment!.Data);
        Assert.Equal(2, bundle.Entry.Count(e => e.Resource is PractitionerRole));
        Assert.Equal(bundle.Entry.Count, inside.Count);
    }

    [Theory]
    [InlineData(Opinion.Disagrees, AdvicePart.SocialDomain, "Ik wil liever wandelen.")]
    [InlineData(Opinion.Disagrees, null, "Ik wil liever wandelen.")]
    [InlineData(Opinion.Agrees, null, "Fijn dat er is geluisterd.")]
    [InlineData(Opinion.Agrees, null, "")]
    internal void The_document_says_of_the_resident_what_the_letter_says(Opinion opinion, AdvicePart? on, string words)
    {
        var letter = Examples.ALetter(new ResidentMark { Opinion = opinion, DisagreesOn = on, Words = words, SharesWithGp = true });

        var sections = AdviceSections.Of(letter);

        using var pdf = PdfDocument.Open(AdvicePdf.Write(letter));
        var printed = Dense(string.Concat(pdf.GetPages().Select(p => p.Text)));
        Assert.Contains(("De inwoner", AdviceParts.Answer(letter.Edition.Resident)), sections);
        Assert.Equal(words.Length > 0, sections.Any(s => s.Text == words && s.Heading.EndsWith(on is { } part ? $"anders: {part.Question()}" : "", StringComparison.Ordinal)));
        Assert.All(sections.Where(s => s.Heading.StartsWith("De inwoner", StringComparison.Ordinal)), s => Assert.Contains(Dense(s.Heading), printed, StringComparison.Ordinal));
        Assert.All(sections, s => Assert.Contains(Dense(s.Text), printed, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_resident_does_not_share_is_not_in_the_document_either()
    {
        var sections = AdviceSections.Of(Examples.ALetter(sharesWithGp: false));

        Assert.Equal(["Het verkennend gesprek heeft plaatsgevonden.", AdvicePdf.WaitingListSentence], sections.Select(s => s.Text));
    }

    [Fact]
    public void The_same_letter_is_the_same_document_whenever_it_is_made() =>
        Assert.Equal(FhirJson.Write(DocumentBundle.Of(AParcel())), FhirJson.Write(DocumentBundle.Of(AParcel())));

    [Fact]
    public async Task After_an_unknown_outcome_a_practice_that_can_tell_is_asked_and_there_is_one_letter()
    {
        _practice.Next(Behaviour.StoresAndCuts);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Document");

        await _feedback.Settles(referralId, Second);

        Assert.Single(_practice.Of("Bundle"));
        Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Equal(["POST", "GET"], _practice.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task A_practice_that_cannot_tell_gets_no_second_letter_before_a_person_asked()
    {
        await using var practice = await AnsweringPractice.Start(AnsweringPractice.Status(500), AnsweringPractice.Status(404));
        var referralId = await _feedback.ASignedAdvice(practice.FhirBase, "Document");

        await _feedback.Settles(referralId, Second);

        var letter = await _feedback.DeliveryOf(referralId);
        Assert.Equal((DeliveryState.Refused, Hindrance.CannotTell), (letter.State, letter.LastHindrance));
        Assert.Equal(["POST", "GET"], practice.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task A_practice_that_was_away_for_a_while_is_not_asked_what_it_cannot_have()
    {
        _practice.Next(Behaviour.Unavailable, Behaviour.Unavailable);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Document");

        await _feedback.Settles(referralId, Second);

        Assert.Single(_practice.Of("Bundle"));
        Assert.All(_practice.Requests, r => Assert.Equal("POST", r.Method));
    }

    [Fact]
    public async Task An_answer_without_a_receipt_is_an_unknown_outcome()
    {
        _practice.Next(Behaviour.AnswersHtml);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Document");
        await _feedback.Tried(referralId, 1);

        Assert.Equal(Hindrance.NoReceipt, (await _feedback.DeliveryOf(referralId)).LastHindrance);
        await _feedback.Settles(referralId, Second);
        Assert.Single(_practice.Of("Bundle"));
    }

    [Fact]
    public async Task A_letter_that_is_taken_back_is_a_document_that_says_so()
    {
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, "Document");
        await _feedback.Settles(referralId, Second);

        await _feedback.Correct(referralId, "retract");
        await _feedback.Settles(referralId, Second);

        var sent = _practice.Requests.Select(r => JsonNode.Parse(r.Body)!).ToList();
        Assert.Equal($"{sent[0]["id"]}.terug", (string?)sent[1]["id"]);
        var statuses = sent[1]["entry"]!.AsArray().Select(e => e!["resource"]!).Where(r => (string?)r["resourceType"] is "Composition" or "DocumentReference")
            .Select(r => (string?)r["status"]);
        Assert.Equal(["entered-in-error", "entered-in-error"], statuses);
        Assert.DoesNotContain("scheiding", _practice.Requests[1].Body, StringComparison.Ordinal);
    }

    private static Parcel AParcel()
    {
        var letter = Examples.ALetter();
        return Parcel.Of(letter.Recipient.Practice, AdviceDocument.Of(Guid.Parse("5d2f6a4e-0000-4000-8000-00000000e001"), letter)) with
        {
            Sections = AdviceSections.Of(letter),
        };
    }

    private static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static IEnumerable<string> References(JsonNode node) => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => p is { Key: "reference", Value: JsonValue value } ? [value.GetValue<string>()] : References(p.Value!)),
        JsonArray a => a.Where(i => i is not null).SelectMany(i => References(i!)),
        _ => [],
    };
}
