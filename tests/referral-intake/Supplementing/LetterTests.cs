using System.Net;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VGIntegration.Contracts.Feedback;
using VGIntegration.ReferralIntake.Tests.Searching;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Supplementing;

public sealed class LetterTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly IntakeHost _intake = new();
    private readonly List<(string Path, string Token, string OnBehalfOf)> _asked = [];
    private WebApplication _feedback = null!;
    private bool _answers = true;

    [Fact]
    public async Task The_advice_that_was_returned_can_be_fetched_with_its_PDF()
    {
        using var gp = _intake.GpSystem();
        var referral = await AReturnedAdvice(gp, "L1", "letter-1");

        var letter = await gp.GetAsync(new Uri("/fhir/DocumentReference/letter-1", UriKind.Relative), Ct);
        var pdf = await gp.GetAsync(new Uri("/fhir/Binary/letter-1", UriKind.Relative), Ct);
        var found = SearchTests.Entries(await SearchTests.Search(gp, $"DocumentReference?related=ServiceRequest/{referral}&_id=letter-1"));

        var json = await letter.Json();
        Assert.Equal(("letter-1", "Advies verkennend gesprek", Convert.ToBase64String(Files.Pdf())), ((string?)json["id"], (string?)json["description"], (string?)json["content"]![0]!["attachment"]!["data"]));
        Assert.Equal(Files.Pdf(), await pdf.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("Advies verkennend gesprek.pdf", pdf.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(("Binary/letter-1", "SUBSETTED"), ((string?)Assert.Single(found)["resource"]!["content"]![0]!["attachment"]!["url"], (string?)found[0]["resource"]!["meta"]!["tag"]![0]!["code"]));
        Assert.All(_asked, a => Assert.Equal(($"/internal/referrals/{referral}/letters/letter-1", IntakeHost.Bridge), (a.Path, a.OnBehalfOf)));
        Assert.All(_asked, a => Assert.StartsWith("Bearer ", a.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_practice_gets_no_letter_and_feedback_is_not_even_asked()
    {
        using var bridge = _intake.GpSystem();
        using var harbour = _intake.GpSystem(IntakeHost.Harbour);
        await AReturnedAdvice(bridge, "L2", "letter-2");

        var answers = new[]
        {
            await harbour.GetAsync(new Uri("/fhir/DocumentReference/letter-2", UriKind.Relative), Ct),
            await harbour.GetAsync(new Uri("/fhir/Binary/letter-2", UriKind.Relative), Ct),
        };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.NotFound, a.StatusCode));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task While_feedback_is_away_the_practice_is_asked_to_come_again()
    {
        using var gp = _intake.GpSystem();
        await AReturnedAdvice(gp, "L3", "letter-3");
        _answers = false;

        var answer = await gp.GetAsync(new Uri("/fhir/DocumentReference/letter-3", UriKind.Relative), Ct);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "error transient "), (answer.StatusCode, (await answer.Issues())[0]));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_letter_that_was_corrected_is_superseded_and_its_text_is_not_given_any_more()
    {
        using var gp = _intake.GpSystem();
        var referral = await AReturnedAdvice(gp, "L4", "letter-4");

        await Tell(new AdviceCorrected { ReferralId = referral, Sequence = 3, OccurredAt = _intake.Clock.GetUtcNow(), AdviceId = Guid.NewGuid(), DocumentReferenceId = "letter-4b", ReplacedDocumentReferenceId = "letter-4" });

        Assert.Equal(["current letter-4b", "superseded letter-4"], await Statuses(gp, referral));
        Assert.Equal(HttpStatusCode.NotFound, (await gp.GetAsync(new Uri("/fhir/Binary/letter-4", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gp.GetAsync(new Uri("/fhir/Binary/letter-4b", UriKind.Relative), Ct)).StatusCode);
        var old = await (await gp.GetAsync(new Uri("/fhir/DocumentReference/letter-4", UriKind.Relative), Ct)).Json();
        Assert.Equal(("superseded", null), ((string?)old["status"], (string?)old["content"]![0]!["attachment"]!["data"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_letter_that_was_taken_back_is_entered_in_error_also_when_that_is_told_first(bool inOrder)
    {
        using var gp = _intake.GpSystem();
        var referral = Guid.Parse((await gp.PostFhir("/fhir", ReferralMessage.Bundle($"L5{inOrder}"))).Headers.Location!.Segments[^1]);
        var now = _intake.Clock.GetUtcNow();
        var returned = new AdviceReturned { ReferralId = referral, Sequence = 2, OccurredAt = now, AdviceId = Guid.NewGuid(), DocumentReferenceId = "letter-5" };
        var taken = new AdviceCorrected { ReferralId = referral, Sequence = 3, OccurredAt = now, AdviceId = returned.AdviceId, ReplacedDocumentReferenceId = "letter-5" };

        await (inOrder ? Tell(returned) : Tell(taken));
        await (inOrder ? Tell(taken) : Tell(returned));

        Assert.Equal(["entered-in-error letter-5"], await Statuses(gp, referral));
        Assert.Equal(HttpStatusCode.NotFound, (await gp.GetAsync(new Uri("/fhir/Binary/letter-5", UriKind.Relative), Ct)).StatusCode);
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _feedback = builder.Build();
        var letter = $$"""
            { "resourceType": "DocumentReference", "id": "ours", "status": "current", "description": "Advies verkennend gesprek", "content": [ { "attachment":
              { "contentType": "application/pdf", "title": "Advies verkennend gesprek", "data": "{{Convert.ToBase64String(Files.Pdf())}}" } } ] }
            """;
        _feedback.MapGet("/internal/referrals/{id}/letters/{letter}", (HttpRequest request) =>
        {
            _asked.Add((request.Path, request.Headers.Authorization.ToString(), request.Headers["X-On-Behalf-Of"].ToString()));
            return _answers ? Results.Text(letter, "application/fhir+json") : Results.StatusCode(503);
        });
        await _feedback.StartAsync();
        _intake.Settings = [$"--Services:Feedback={_feedback.Address()}"];
        await _intake.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _intake.DisposeAsync();
        await _feedback.DisposeAsync();
    }

    private Task Tell<T>(T message)
        where T : class =>
        _intake.App.Services.GetRequiredService<IMediator>().Publish(message, Pipe.Execute<PublishContext<T>>(c => c.MessageId = Guid.NewGuid()), Ct);

    private static async Task<IEnumerable<string>> Statuses(HttpClient gp, Guid referral) => SearchTests
        .Entries(await SearchTests.Search(gp, $"DocumentReference?related=ServiceRequest/{referral}"))
        .Select(e => $"{e["resource"]!["status"]} {e["resource"]!["id"]}").Order();

    private async Task<Guid> AReturnedAdvice(HttpClient gp, string number, string letter)
    {
        var referral = Guid.Parse((await gp.PostFhir("/fhir", ReferralMessage.Bundle(number))).Headers.Location!.Segments[^1]);
        var message = new AdviceReturned { ReferralId = referral, Sequence = 2, OccurredAt = _intake.Clock.GetUtcNow(), AdviceId = Guid.NewGuid(), DocumentReferenceId = letter };
        var mediator = _intake.App.Services.GetRequiredService<IMediator>();
        await mediator.Publish(message, Pipe.Execute<PublishContext<AdviceReturned>>(c => c.MessageId = Guid.NewGuid()), Ct);
        await mediator.Publish(message, Pipe.Execute<PublishContext<AdviceReturned>>(c => c.MessageId = Guid.NewGuid()), Ct); // told twice
        return referral;
    }
}
