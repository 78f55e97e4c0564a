using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Claiming;

namespace VGIntegration.Feedback.Tests.Claiming;

/// <summary>
/// Journeys around one month, played with dice: booked, moved, a professional replaced, not held, cancelled, held; told
/// twice and in any order; and the corrections of the office. It knows what is true, and counts that in the plainest way.
/// </summary>
internal sealed class PlayedMonth
{
    private static readonly DateTimeOffset First = new(2026, 10, 27, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _dice;
    private readonly List<Performer> _mentalHealth = [];
    private readonly List<Performer> _socialDomain = [];

    public PlayedMonth(int seed, int journeys)
    {
        _dice = new Random(seed);
        for (var i = 0; i < 15; i++)
        {
            _mentalHealth.Add(new(ClaimRegion.Id(1000 + i), ClaimRegion.Id(100 + (i % 5)), "gz-psycholoog"));
            _socialDomain.Add(new(ClaimRegion.Id(2000 + i), ClaimRegion.Id(104 + (i % 5)), "sociaal-werker")); // 104 works on both sides
        }

        for (var i = 0; i < journeys; i++)
        {
            Play();
        }

        _dice.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Messages));
    }

    /// <summary>What feedback hears, in the order in which it arrives; the id is the same on a second delivery.</summary>
    public List<(Guid Id, object Message)> Messages { get; } = [];

    public List<Truth> Held { get; } = [];

    public int NoShows { get; private set; }
    public int Moves { get; private set; }

    /// <summary>What the office finds out later: what was written, what is true, and how to say so.</summary>
    public IEnumerable<(Truth Truth, Payer Payer, CorrectionWish Wish)> Corrections()
    {
        foreach (var truth in Held.Where(_ => _dice.Next(12) == 0).ToList())
        {
            var times = _dice.Next(4) == 0 ? 2 : 1;
            var payer = _dice.Next(2) == 0 ? Payer.Insurer : Payer.Municipality;
            for (var i = 0; i < times; i++)
            {
                var part = truth.Parts[payer];
                var right = _dice.Next(4) switch
                {
                    0 when part is not null => null,
                    1 => (part ?? truth.Last(payer)) with { On = new DateOnly(2026, 10, 27).AddDays(_dice.Next(42)) },
                    2 => (part ?? truth.Last(payer)) with { Performer = Anyone(payer) },
                    _ => (part ?? truth.Last(payer)) with { Performer = truth.Last(payer).Performer with { OrganisationId = ClaimRegion.Id(110 + _dice.Next(3)) } },
                };
                if (right == part)
                {
                    continue;
                }

                truth.Set(payer, right);
                yield return (truth, payer, new CorrectionWish(right is null ? null : (right.On, right.Performer), "Stond verkeerd in de agenda."));
            }
        }
    }

    public Dictionary<(Guid Organisation, Payer Payer), int> Count(int year, int month)
    {
        var count = new Dictionary<(Guid, Payer), int>();
        foreach (var truth in Held)
        {
            foreach (var (payer, part) in truth.Parts)
            {
                if (part is not null && part.On.Year == year && part.On.Month == month)
                {
                    var key = (part.Performer.OrganisationId!.Value, payer);
                    count[key] = count.GetValueOrDefault(key) + 1;
                }
            }
        }

        return count;
    }

    private void Play()
    {
        var (referral, conversation) = (Guid.NewGuid(), Guid.NewGuid());
        var (at, mh, sd, sequence) = (SomeTime(), Anyone(Payer.Insurer), Anyone(Payer.Municipality), 3);
        while (true)
        {
            switch (_dice.Next(20))
            {
                case < 3: // moved, over the end of the month too
                    at = SomeTime();
                    Moves++;
                    Tell(new ConversationRescheduled
                    {
                        ReferralId = referral,
                        ConversationId = conversation,
                        Sequence = ++sequence,
                        OccurredAt = at.AddDays(-3),
                        StartsAt = at,
                        EndsAt = at.AddMinutes(75),
                        MentalHealthProfessionalId = mh.ProfessionalId,
                        SocialDomainProfessionalId = sd.ProfessionalId,
                        LocationId = Guid.Empty,
                    });
                    continue;
                case < 5: // one of the two is ill
                    (mh, sd) = _dice.Next(2) == 0 ? (Anyone(Payer.Insurer), sd) : (mh, Anyone(Payer.Municipality));
                    continue;
                case < 8: // nobody came; planned again or not
                    NoShows++;
                    if (_dice.Next(2) == 0)
                    {
                        return;
                    }

                    at = SomeTime();
                    continue;
                case 8: // the resident cancels
                    return;
                default:
                    Hold(referral, conversation, at, mh, sd, ++sequence);
                    return;
            }
        }
    }

    private void Hold(Guid referral, Guid conversation, DateTimeOffset at, Performer mh, Performer sd, int sequence)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime.AddHours(1)); // winter in the Netherlands
        Held.Add(new Truth(conversation, new(day, mh), new(day, sd)));
        Tell(new ConversationHeld
        {
            ReferralId = referral,
            ConversationId = conversation,
            Sequence = sequence,
            OccurredAt = at.AddMinutes(90),
            StartsAt = at,
            EndsAt = at.AddMinutes(75),
            Professionals = [Partner(mh, "mental-health"), Partner(sd, "social-domain")],
        });
    }

    // Now and then a second copy: the same delivery once more, or told anew.
    private void Tell(object message)
    {
        var id = Guid.NewGuid();
        Messages.Add((id, message));
        if (_dice.Next(10) == 0)
        {
            Messages.Add((_dice.Next(2) == 0 ? id : Guid.NewGuid(), message));
        }
    }

    private DateTimeOffset SomeTime() => First.AddMinutes(_dice.Next(41 * 24 * 60));

    private Performer Anyone(Payer payer) => (payer is Payer.Insurer ? _mentalHealth : _socialDomain)[_dice.Next(15)];

    private static ConversationPartner Partner(Performer one, string discipline) =>
        new(one.ProfessionalId, discipline, $"login-{one.ProfessionalId}") { OrganisationId = one.OrganisationId, ProfessionCode = one.ProfessionCode };

    internal sealed record Part(DateOnly On, Performer Performer);

    /// <summary>What really happened; null for a part that was not.</summary>
    internal sealed class Truth(Guid conversationId, Part mentalHealth, Part socialDomain)
    {
        private readonly Dictionary<Payer, Part> _last = new() { [Payer.Insurer] = mentalHealth, [Payer.Municipality] = socialDomain };

        public Guid ConversationId => conversationId;

        public Dictionary<Payer, Part?> Parts { get; } = new() { [Payer.Insurer] = mentalHealth, [Payer.Municipality] = socialDomain };

        public Part Last(Payer payer) => _last[payer];

        public void Set(Payer payer, Part? part)
        {
            Parts[payer] = part;
            _last[payer] = part ?? _last[payer];
        }
    }
}
