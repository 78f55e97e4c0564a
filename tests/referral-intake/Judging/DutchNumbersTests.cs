using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Judging;

namespace VGIntegration.ReferralIntake.Tests.Judging;

public sealed class DutchNumbersTests
{
    [Theory]
    [InlineData("999911120", true)]
    [InlineData("999990019", true)]
    [InlineData("999990007", true)]
    [InlineData("999990020", true)]
    [InlineData("999900006", true)]
    [InlineData("999911121", false)]
    [InlineData("000000000", false)]
    [InlineData("99991112", false)]
    [InlineData("99991112a", false)]
    [InlineData("", false)]
    public void A_BSN_passes_the_elfproef(string value, bool isValid) => Assert.Equal(isValid, Bsn.IsValid(value));

    [Fact]
    public void One_BSN_in_eleven_can_be_right_and_one_wrong_digit_is_always_found()
    {
        for (var number = 999_900_000; number < 999_901_000; number++)
        {
            var bsn = $"{number}";
            if (Bsn.IsValid(bsn))
            {
                Assert.All(Enumerable.Range(0, 9), at => Assert.False(Bsn.IsValid(bsn[..at] + (char)('0' + ((bsn[at] - '0' + 1) % 10)) + bsn[(at + 1)..])));
            }
        }

        Assert.InRange(Enumerable.Range(999_900_000, 1000).Count(n => Bsn.IsValid($"{n}")), 88, 94);
    }

    [Theory]
    [InlineData("1181 AB", "1181AB")]
    [InlineData("1181ab", "1181AB")]
    [InlineData(" 1181  AB ", "1181AB")]
    [InlineData("0181 AB", null)]
    [InlineData("1181 SS", null)]
    [InlineData("1181 A", null)]
    [InlineData("1181 ABC", null)]
    [InlineData("B-1000", null)]
    [InlineData("", null)]
    public void A_postcode_is_four_digits_and_two_letters(string value, string? postcode) => Assert.Equal(postcode, DutchNumbers.Postcode(value));

    [Theory]
    [InlineData("P76", true)]
    [InlineData("Z05", true)]
    [InlineData("P76.01", true)]
    [InlineData("A01", true)]
    [InlineData("R44", true)]
    [InlineData("Z29", true)]
    [InlineData("Z70", false)]
    [InlineData("A00", false)]
    [InlineData("Q76", false)]
    [InlineData("p76", false)]
    [InlineData("P7", false)]
    [InlineData("P760", false)]
    [InlineData("P76.00", false)]
    [InlineData("P76.1", false)]
    [InlineData(null, false)]
    public void An_ICPC_code_is_a_chapter_and_a_number_with_perhaps_a_subdivision(string? code, bool isValid) => Assert.Equal(isValid, Icpc.IsValid(code));

    [Theory]
    [InlineData("0612345678", true)]
    [InlineData("06-12 34 56 78", true)]
    [InlineData("+31 20 123 45 67", true)]
    [InlineData("+49 30 123456", true)]
    [InlineData("112", false)]
    [InlineData("geheim", false)]
    [InlineData("06123", false)]
    public void A_telephone_number_can_be_dialled(string value, bool isDialable) => Assert.Equal(isDialable, DutchNumbers.IsDialable(value));

    [Theory]
    [InlineData(IdentifierSystems.Agb, "01007892", true)]
    [InlineData(IdentifierSystems.Agb, "1007892", false)]
    [InlineData(IdentifierSystems.Ura, "12345678", true)]
    [InlineData(IdentifierSystems.Uzi, "123456789", true)]
    [InlineData(IdentifierSystems.Uzi, "12345678", false)]
    [InlineData(IdentifierSystems.Big, "12345678901", true)]
    [InlineData("http://elsewhere.example", "x", true)]
    public void A_number_of_a_register_has_its_length(string system, string value, bool hasForm) => Assert.Equal(hasForm, DutchNumbers.HasForm(system, value));
}
