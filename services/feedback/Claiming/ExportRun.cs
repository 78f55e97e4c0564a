namespace VGIntegration.Feedback.Claiming;

/// <summary>What somebody wants in an export: the part of one payer over any past period, of all organisations or one.</summary>
/// <param name="Payer">Who pays.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day.</param>
/// <param name="OrganisationId">Null for all.</param>
/// <param name="Again">With what was exported before.</param>
internal sealed record ExportOrder(Payer Payer, DateOnly From, DateOnly Until, Guid? OrganisationId, bool Again);

/// <summary>One export: who made it, when, of what. It marks its lines and can be downloaded again, the same as it was.</summary>
internal sealed class ExportRun
{
    private ExportRun() { }

    public Guid Id { get; private set; }
    public int Number { get; private set; }
    public Payer Payer { get; private set; }
    public DateOnly From { get; private set; }
    public DateOnly Until { get; private set; }
    public Guid? OrganisationId { get; private set; }

    /// <summary>It was asked to hold what an earlier export held too.</summary>
    public bool IsAgain { get; private set; }

    public string MadeBy { get; private set; } = "";
    public DateTimeOffset MadeAt { get; private set; }

    public static ExportRun Make(int number, ExportOrder order, string login, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Number = number,
        Payer = order.Payer,
        From = order.From,
        Until = order.Until,
        OrganisationId = order.OrganisationId,
        IsAgain = order.Again,
        MadeBy = login,
        MadeAt = now,
    };
}

/// <summary>A line as it was exported: with the code and tariff of that moment, whatever the settings say later.</summary>
internal sealed class ExportedLine
{
    private ExportedLine() { }

    public Guid RunId { get; private set; }
    public Guid LineId { get; private set; }

    /// <summary>1 for the first time. Of two exports at once the second finds its turn taken.</summary>
    public int Turn { get; private set; }

    public int Count { get; private set; }
    public string Code { get; private set; } = "";

    /// <summary>Euros for one conversation.</summary>
    public decimal Tariff { get; private set; }

    public decimal Amount => Count * Tariff;

    public static ExportedLine Of(ExportRun run, ClaimLine line, int turn, Price price) => new()
    {
        RunId = run.Id,
        LineId = line.Id,
        Turn = turn,
        Count = line.Count,
        Code = price.Code,
        Tariff = price.Euros,
    };
}

/// <summary>What one conversation is claimed as, and for how much.</summary>
internal sealed record Price(string Code, decimal Euros);
