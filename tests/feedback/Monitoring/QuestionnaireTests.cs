using System.Net;
using System.Text.Json;
using CsCheck;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Monitoring;
using VGIntegration.Feedback.Monitoring.Exporting;
using VGIntegration.Fhir;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Monitoring;

public sealed class QuestionnaireTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "contracts/fhir/definitions");

    private static readonly Questionnaire Published = Read<Questionnaire>("monitoringsformulier");

    private static readonly Gen<int?> Score = Gen.OneOf(Gen.Const((int?)null), Gen.Int[1, 5].Select(s => (int?)s));

    private static readonly Gen<MonitoringForm> Forms = Gen.Select(
        Gen.Select(Score, Score, Score, Score), Gen.Enum<Place>(), Gen.Enum<Setting>(), Gen.Int[0, 3].Select(c => (Company)c),
        Gen.OneOf(Gen.Int[1, 127], Gen.Const(128), Gen.Const(256)).Select(s => (NextSteps)s), Gen.Bool, Gen.Bool, Form);

    [Fact]
    public void Every_form_that_is_sent_in_answers_the_published_Questionnaire()
    {
        Forms.Sample(
            form =>
            {
                var json = FhirJson.Write(MonitoringDocument.Of(ExportedForm.Of(form)));
                var reader = new Utf8JsonReader(json);
                FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out var resource, out var issues);

                var response = Assert.IsType<QuestionnaireResponse>(resource);
                Assert.Empty(issues.Select(i => i.Message));
                Assert.Equal($"{Published.Url}|{Published.Version}", response.Questionnaire);
                Assert.Empty(Faults(Published.Item, response.Item));
            },
            iter: 500, threads: 1);
    }

    [Fact]
    public void The_check_itself_sees_what_is_wrong()
    {
        var response = MonitoringDocument.Of(ExportedForm.Of(Form((4, 5, 3, 3), Place.Home, Setting.Online, Company.None, NextSteps.Self, true, false)));
        response.Item[0].Item[1].Answer[0].Value = new Integer(6);
        response.Item[1].Item[1].Answer.Add(new() { Value = new Coding(CodeSystems.ConversationPlace, "maan") });
        response.Item[1].Item[2].LinkId = "gesprek.anders";
        response.Item[2].Item[0].Answer[0].Value = new FhirString("3");

        var faults = Faults(Published.Item, response.Item).ToList();

        Assert.Equal(
            ["gesprek.anders is not asked", "gesprek.plek has one answer", "gesprek.plek: maan is no option", "gesprek.vorm is required",
                "inwoner.ervaring: 6 is no option", "verkenners.ggz: string is no integer"],
            faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_codes_and_the_words_are_those_that_are_published()
    {
        Same("inwonerbeurt", CodeSystems.ResidentTurn, Choices.Turns);
        Same("gespreksplek", CodeSystems.ConversationPlace, Choices.Places);
        Same("gespreksvorm", CodeSystems.ConversationSetting, Choices.Settings);
        Same("gespreksgezelschap", CodeSystems.ConversationCompany, Choices.Companies);
        Same("vervolgstap", CodeSystems.NextStep, Choices.Steps);
        Assert.Equal((CodeSystems.MonitoringQuestionnaire, CodeSystems.MonitoringVersion), (Published.Url, Published.Version));
    }

    [Theory]
    [InlineData("Questionnaire/monitoringsformulier")]
    [InlineData("CodeSystem/inwonerbeurt")]
    [InlineData("CodeSystem/gespreksplek")]
    [InlineData("CodeSystem/gespreksvorm")]
    [InlineData("CodeSystem/gespreksgezelschap")]
    [InlineData("CodeSystem/vervolgstap")]
    public async System.Threading.Tasks.Task Everybody_may_read_what_is_published(string resource)
    {
        await using var feedback = await FeedbackHost.Start();
        using var anybody = feedback.App.Stranger();

        using var answer = await anybody.GetAsync($"/feedback/fhir/{resource}", TestContext.Current.CancellationToken);
        using var other = await anybody.GetAsync("/feedback/fhir/Questionnaire/anders", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (answer.StatusCode, other.StatusCode));
        Assert.Equal(FhirJson.MediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(Folder, $"{resource.Split('/')[1]}.json"), TestContext.Current.CancellationToken),
            await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static void Same<T>(string file, string url, IReadOnlyList<Choice<T>> choices)
        where T : struct, Enum
    {
        var system = Read<CodeSystem>(file);
        var options = Published.Item.SelectMany(g => g.Item).Single(i => i.AnswerOption.Any(o => o.Value is Coding c && c.System == url)).AnswerOption;

        Assert.Equal(url, system.Url);
        Assert.Equal(choices.Select(c => $"{c.Code} {c.Dutch}"), system.Concept.Select(c => $"{c.Code} {c.Display}"));
        Assert.Equal(choices.Select(c => $"{c.Code} {c.Dutch}"), options.Select(o => (Coding)o.Value).Select(c => $"{c.Code} {c.Display}"));
        Assert.Equal(Enum.GetValues<T>().Where(v => !v.ToString().Equals("None", StringComparison.Ordinal) && !v.ToString().Equals("Open", StringComparison.Ordinal)).Order(), choices.Select(c => c.Value).Order());
    }

    // FHIR R4 QuestionnaireResponse: every linkId is of the Questionnaire, at its place, once; of its type; of its options; as often as it may.
    private static IEnumerable<string> Faults(IReadOnlyList<Questionnaire.ItemComponent> asked, IReadOnlyList<QuestionnaireResponse.ItemComponent> given)
    {
        foreach (var stranger in given.Where(g => asked.All(a => a.LinkId != g.LinkId)))
        {
            yield return $"{stranger.LinkId} is not asked";
        }

        foreach (var item in asked)
        {
            var answered = given.Where(g => g.LinkId == item.LinkId).ToList();
            foreach (var fault in answered.Count switch
            {
                0 => item.Required is true ? [$"{item.LinkId} is required"] : [],
                1 => OfItem(item, answered[0]),
                _ => [$"{item.LinkId} comes once"],
            })
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> OfItem(Questionnaire.ItemComponent item, QuestionnaireResponse.ItemComponent given)
    {
        if (item.Type is Questionnaire.QuestionnaireItemType.Group)
        {
            return given.Answer.Count > 0 ? [$"{item.LinkId} is a group"] : Faults(item.Item, given.Item);
        }

        var type = item.Type switch
        {
            Questionnaire.QuestionnaireItemType.Choice => "Coding",
            Questionnaire.QuestionnaireItemType.Integer => "integer",
            Questionnaire.QuestionnaireItemType.Date => "date",
            _ => "string",
        };
        List<string> faults = [.. given.Answer.Where(a => a.Value?.TypeName != type).Select(a => $"{item.LinkId}: {a.Value?.TypeName} is no {type}")];
        faults.AddRange(given.Answer.Where(a => a.Value?.TypeName == type && item.AnswerOption.Count > 0 && !item.AnswerOption.Any(o => Matches(o.Value, a.Value)))
            .Select(a => $"{item.LinkId}: {(a.Value as Coding)?.Code ?? a.Value!.ToString()} is no option"));
        faults.AddRange(given.Answer.Count > 1 && item.Repeats is not true ? [$"{item.LinkId} has one answer"] : []);
        faults.AddRange(given.Answer.Count == 0 ? [$"{item.LinkId} is empty"] : []);
        return faults;
    }

    private static bool Matches(DataType option, DataType given) => (option, given) switch
    {
        (Coding o, Coding g) => (o.System, o.Code) == (g.System, g.Code),
        (Integer o, Integer g) => o.Value == g.Value,
        _ => false,
    };

    private static MonitoringForm Form(
        (int? Resident, int? Helped, int? MentalHealth, int? SocialDomain) scores, Place place, Setting setting, Company company, NextSteps steps, bool hasTurn, bool isCorrected)
    {
        var now = new DateTimeOffset(2026, 12, 31, 23, 30, 0, TimeSpan.Zero);
        var form = MonitoringForm.Open(Guid.NewGuid(), new(2026, 12, 31));
        var answers = new DuoAnswers { Place = place, Setting = setting, Company = company, NextSteps = steps, Learned = AfterTheConversation.Learned };
        if (hasTurn)
        {
            form.Answer(scores.Resident, scores.Helped);
        }

        form.Write(Discipline.MentalHealth, answers, scores.MentalHealth);
        form.Write(Discipline.SocialDomain, answers, scores.SocialDomain);
        form.SendIn(Enum.GetValues<Missing>(), 1, now);
        if (isCorrected)
        {
            form.Correct(Discipline.SocialDomain, (answers, null), "andere plek", 2, now);
        }

        return form;
    }

    private static T Read<T>(string file)
        where T : Resource
    {
        var reader = new Utf8JsonReader(File.ReadAllBytes(Path.Combine(Folder, $"{file}.json")));
        FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out var resource, out _);
        return (T)resource!;
    }
}
