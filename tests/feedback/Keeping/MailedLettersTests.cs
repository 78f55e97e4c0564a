using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Keeping;

/// <summary>A letter that was mailed by a person is a file too; it goes when its referral goes.</summary>
public sealed class MailedLettersTests : IAsyncLifetime
{
    private readonly string _folder = Sandbox.Folder("letters");
    private FeedbackHost _feedback = null!;

    public async ValueTask InitializeAsync() => _feedback = await FeedbackHost.Start(
        $"--Practices:{Examples.PracticeId}:MailAddress=praktijk@zorg.example.nl", $"--Returning:SecureMail:Folder={_folder}");

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task What_intake_erased_leaves_no_file_and_that_of_another_stays()
    {
        var (erased, other) = (await AMailedLetter(), await AMailedLetter());
        await File.WriteAllTextAsync($"{erased.File}.{Guid.NewGuid():N}", "", TestContext.Current.CancellationToken); // half written, when the power went

        await _feedback.Tell(
            new ReferralErased { ReferralId = erased.Referral, Sequence = 9, OccurredAt = _feedback.Clock.GetUtcNow(), Reason = ErasureReason.AskedByResident }, Guid.NewGuid());

        Assert.Equal([other.File], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_nightly_clean_up_leaves_no_file_of_what_was_kept_long_enough()
    {
        var (old, young) = (await AMailedLetter(), await AMailedLetter());
        var at = _feedback.Clock.GetUtcNow().AddYears(-20).AddDays(-1);
        await _feedback.InDatabase(db => db.Deliveries.Where(d => d.ReferralId == old.Referral)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.WaitingSince, at).SetProperty(d => d.DeliveredAt, at)));

        Assert.True(await _feedback.CleanUp());

        Assert.Equal(0, await _feedback.Rows(old.Referral));
        Assert.Equal([young.File], Directory.GetFiles(_folder));
    }

    /// <summary>Mailed, and said to be with the practice.</summary>
    private async Task<(Guid Referral, string File)> AMailedLetter()
    {
        var id = await _feedback.ASignedAdvice(null);
        await _feedback.Tried(id, 1);
        using var manager = PageClient.LoggedInAs(_feedback.App, "mira", "manager");
        await manager.Submit((await manager.Open("/feedback/letters")).Form("handler=Mail"));
        await manager.Submit((await manager.Open("/feedback/letters")).Form("handler=HandedOver"));
        return (id, Path.Combine(_folder, $"{(await _feedback.DeliveryOf(id)).Id:N}.eml"));
    }
}
