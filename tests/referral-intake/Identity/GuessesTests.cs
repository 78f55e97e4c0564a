using System.Net;
using Microsoft.Extensions.Time.Testing;
using VGIntegration.ReferralIntake.Identity;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Identity;

public sealed class GuessesTests
{
    [Fact]
    public async Task After_five_wrong_passwords_a_name_waits_whether_it_exists_or_not()
    {
        await using var intake = await AuthorityHost.With("--demo");
        var told = new List<(HttpStatusCode, string)>();

        foreach (var name in new[] { "manager", "nobody" })
        {
            using var guesser = new PageClient(intake.Address);
            var page = await guesser.Open("/connect/log-in?ReturnUrl=/");
            for (var i = 0; i < 5; i++)
            {
                page = await guesser.Submit(page.Form("Password"), ("Username", name), ("Password", $"guess {i}"));
                Assert.Equal(HttpStatusCode.OK, page.Status);
            }

            page = await guesser.Submit(page.Form("Password"), ("Username", name.ToUpperInvariant()), ("Password", "demo"));
            told.Add((page.Status, page.Text));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, told[0].Item1);
        Assert.Contains("Wacht vijf minuten", told[0].Item2, StringComparison.Ordinal);
        Assert.Equal(told[0], told[1]);
    }

    [Fact]
    public void The_pause_ends_and_a_right_password_forgets()
    {
        var clock = new FakeTimeProvider();
        var guesses = new Guesses(clock);
        for (var i = 0; i < 5; i++)
        {
            guesses.Wrong("manager");
        }

        Assert.True(guesses.AreTooMany("Manager "));
        clock.Advance(Guesses.Pause);
        Assert.False(guesses.AreTooMany("manager"));
        guesses.Wrong("manager");
        Assert.False(guesses.AreTooMany("manager"));
        guesses.Right("manager");
        Assert.False(guesses.AreTooMany("manager"));
    }
}
