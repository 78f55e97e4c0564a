using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Informing;

public sealed class InformIntakeTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Theory]
    [InlineData("Put", Behaviour.Ok)]
    [InlineData("Post", Behaviour.Ok)]
    [InlineData("Post", Behaviour.StoresAndCuts)]
    public async Task The_letter_that_is_fetched_is_the_very_one_that_was_delivered(string delivery, Behaviour first)
    {
        _practice.Next(first);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, delivery);
        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));
        var delivered = Assert.Single(_practice.Letters);
        using var intake = _feedback.App.WithToken("intake", "letter.read");
        intake.DefaultRequestHeaders.Add("X-On-Behalf-Of", "de-brug");

        var fetched = JsonNode.Parse(await intake.GetStringAsync(Letter(referralId, delivered.Id), Ct))!;

        Assert.Equal((string?)delivered.Json["content"]![0]!["attachment"]!["data"], (string?)fetched["content"]![0]!["attachment"]!["data"]);
        Assert.Equal(delivered.Json["identifier"]!.ToJsonString(), fetched["identifier"]!.ToJsonString());
        var look = await _feedback.InDatabase(db => db.Audit.SingleAsync(a => a.Why == "fetch-letter"));
        Assert.Equal(("intake", "de-brug"), (look.Who, look.OnBehalfOf));
    }

    [Fact]
    public async Task A_letter_that_is_not_delivered_is_not_to_be_had()
    {
        _practice.Now = Behaviour.Unavailable;
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);
        var id = (await _feedback.DeliveryOf(referralId)).Id;
        using var intake = _feedback.App.WithToken("intake", "letter.read");

        var answer = await intake.GetAsync(Letter(referralId, $"{id}"), Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("planning", "conversation.read")]
    [InlineData("de-brug", "system/*.cruds")]
    public async Task Nobody_else_gets_a_letter(string client, string scope)
    {
        using var other = _feedback.App.WithToken(client, scope);

        var answer = await other.GetAsync(Letter(Guid.NewGuid(), "x"), Ct);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static Uri Letter(Guid referralId, string id) => new($"/internal/referrals/{referralId}/letters/{id}", UriKind.Relative);
}
