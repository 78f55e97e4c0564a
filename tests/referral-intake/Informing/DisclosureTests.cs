using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Informing;
using VGIntegration.ReferralIntake.Tests.Supplementing;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Informing;

/// <summary>Who asks decides what leaves intake.</summary>
public sealed class DisclosureTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("planner", "", false, true)]
    [InlineData("professional", "mental-health", false, true)]
    [InlineData("professional", "social-domain", false, false)]
    [InlineData("professional", "social-domain", true, true)]
    [InlineData("professional", "", false, false)] // who does not say of which side gets the least
    [InlineData("professional", "else", false, false)]
    [InlineData("manager", "", true, false)]
    [InlineData("planner", "social-domain", true, false)]
    [InlineData("", "mental-health", true, false)]
    public async Task What_the_huisarts_sent_goes_to_care_and_by_agreement_to_the_social_domain(string roles, string side, bool hasAgreed, bool mayRead)
    {
        var (id, file) = await AReferral();
        await Say(id, hasAgreed);
        using var person = Person(roles);

        var list = await person.GetAsync(At($"{id}/attachments?side={side}"), Ct);
        var content = await person.GetAsync(At($"{id}/attachments/{file}?side={side}"), Ct);
        var contact = await person.GetStringAsync(At($"{id}/contact?side={side}"), Ct);
        var question = await person.GetAsync(At($"{id}/question?side={side}"), Ct);

        var expected = mayRead ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        Assert.Equal((expected, expected, expected), (list.StatusCode, content.StatusCode, question.StatusCode));
        Assert.Equal(mayRead, !contact.Contains("\"reason\":null", StringComparison.Ordinal));
        Assert.DoesNotContain("999911120", contact, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_question_of_the_huisarts_goes_without_the_resident_and_the_look_is_in_the_audit()
    {
        var (id, _) = await AReferral();
        using var care = Person("professional");

        var question = await (await care.GetAsync(At($"{id}/question?side=mental-health"), Ct)).Json();
        var unknown = await care.GetAsync(At($"{Guid.NewGuid()}/question?side=mental-health"), Ct);

        var referral = await intake.InDatabase(db => db.Referrals.SingleAsync(r => r.Id == id, Ct));
        Assert.NotNull(referral.Reason);
        Assert.Equal(referral.Reason, (string?)question["reason"]);
        Assert.Equal(referral.CriterionCodes, question["criteria"]!.AsArray().Select(c => (string)c!));
        Assert.Equal(["reason", "criteria"], question.AsObject().Select(f => f.Key));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var look = await intake.InDatabase(db => db.Audit.SingleAsync(a => a.What == $"Referral/{id}" && a.Action == "R", Ct));
        Assert.Equal(("planning", "petra", "hold-conversation"), (look.Who, look.OnBehalfOf, look.Why));
    }

    [Fact]
    public async Task What_is_taken_back_holds_at_once_and_both_answers_are_in_the_audit()
    {
        var (id, _) = await AReferral();
        using var social = Person("professional");

        await Say(id, true);
        var agreed = await social.GetAsync(At($"{id}/attachments"), Ct);
        await Say(id, false);
        var withdrawn = await social.GetAsync(At($"{id}/attachments"), Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (agreed.StatusCode, withdrawn.StatusCode));
        var audit = await intake.InDatabase(db => db.Audit.Where(a => a.What == $"Referral/{id}" && a.Action == "U").OrderBy(a => a.Id).ToListAsync(Ct));
        Assert.Equal(["agree-to-share petra", "withdraw-sharing petra"], audit.Select(a => $"{a.Why} {a.OnBehalfOf}").Order());
    }

    [Theory]
    [InlineData("professional")]
    [InlineData("manager")]
    [InlineData("")]
    public async Task Only_a_planner_records_what_the_resident_said(string roles)
    {
        var (id, _) = await AReferral();
        using var person = Person(roles);

        var answer = await person.PutAsync(At($"{id}/sharing"), System.Net.Http.Json.JsonContent.Create(new { agrees = true }), Ct);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(await intake.InDatabase(db => db.Set<SharingAgreement>().AnyAsync(s => s.ReferralId == id, Ct)));
    }

    [Theory]
    [InlineData("planner")]
    [InlineData("professional")]
    [InlineData("manager")]
    [InlineData("planner professional manager")]
    public async Task A_BSN_leaves_for_a_letter_and_for_nobodys_eyes(string roles)
    {
        var (id, _) = await AReferral();
        await Say(id, true);
        using var letter = intake.App.WithToken("feedback", "referral.recipient");
        using var person = Person(roles);

        var (sent, shown) = (await letter.GetStringAsync(At($"{id}/recipient"), Ct), await person.GetStringAsync(At($"{id}/recipient"), Ct));

        Assert.Contains("999911120", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("999911120", shown, StringComparison.Ordinal);
    }

    private async Task Say(Guid id, bool agrees)
    {
        using var planner = Person("planner");
        var answer = await planner.PutAsync(At($"{id}/sharing"), System.Net.Http.Json.JsonContent.Create(new { agrees }), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private HttpClient Person(string roles)
    {
        var person = intake.App.WithToken("planning", "referral.contact referral.attachment referral.recipient");
        person.DefaultRequestHeaders.Add("X-On-Behalf-Of", "petra");
        person.DefaultRequestHeaders.Add("X-Roles", roles);
        return person;
    }

    private async Task<(Guid Referral, Guid File)> AReferral()
    {
        using var gp = intake.GpSystem();
        var number = $"D{Guid.NewGuid():N}"[..12];
        var id = Guid.Parse((await gp.PostFhir("/fhir", ReferralMessage.Bundle(number))).Headers.Location!.Segments[^1]);
        await gp.PostFhir("/fhir/DocumentReference", SupplementTests.Supplement(id, number, Files.Pdf()));
        return (id, await intake.InDatabase(db => db.Files.Where(f => f.ReferralId == id).Select(f => f.Id).FirstAsync(Ct)));
    }

    private static Uri At(string what) => new($"/internal/referrals/{what}", UriKind.Relative);
}
