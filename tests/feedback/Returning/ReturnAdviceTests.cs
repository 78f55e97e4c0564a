using UglyToad.PdfPig;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Returning;

public sealed class ReturnAdviceTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Theory]
    [InlineData("Put", "PUT")]
    [InlineData("Post", "POST")]
    public async Task A_signed_advice_is_in_the_gp_system_by_itself(string delivery, string method)
    {
        var referralId = await _feedback.ASignedAdvice(_practice, delivery);
        await _feedback.Arrives(referralId, TimeSpan.Zero);

        var letter = Assert.Single(_practice.Letters);
        var stored = await _feedback.DeliveryOf(referralId);
        var returned = Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Equal((2, letter.Id), (returned.Sequence, returned.DocumentReferenceId));
        Assert.Equal(stored.Id.ToString(), (string?)letter.Json["identifier"]![0]!["value"]);
        Assert.Equal(delivery == "Put", letter.Id == stored.Id.ToString());
        var request = Assert.Single(_practice.Requests);
        Assert.Equal(method, request.Method);
        Assert.Equal("application/fhir+json;q=1.0, application/json+fhir;q=0.9", request.Headers["Accept"]);
        Assert.Equal("return=minimal", request.Headers["Prefer"]);
        Assert.Equal(stored.RequestId.ToString(), request.Headers["X-Request-Id"]);
        Assert.False(request.Headers.ContainsKey("Authorization"));
        using var pdf = PdfDocument.Open(PracticeStub.Pdf(letter));
        Assert.Contains("scheiding", pdf.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Put", Behaviour.Unavailable)]
    [InlineData("Put", Behaviour.Resets)]
    [InlineData("Put", Behaviour.StoresAndCuts)]
    [InlineData("Put", Behaviour.AnswersHtml)]
    [InlineData("Post", Behaviour.Unavailable)]
    [InlineData("Post", Behaviour.Resets)]
    [InlineData("Post", Behaviour.StoresAndCuts)]
    [InlineData("Post", Behaviour.AnswersHtml)]
    public async Task Whatever_goes_wrong_there_is_one_letter_in_the_end(string delivery, Behaviour trouble)
    {
        _practice.Next(trouble, trouble, trouble);
        var referralId = await _feedback.ASignedAdvice(_practice, delivery);

        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));

        Assert.Single(_practice.Letters);
        Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Single(_practice.Requests.Select(r => r.Headers["X-Request-Id"]).Distinct());
    }
}
